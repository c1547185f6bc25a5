/** The element that shows what an App may do, on a page with the strictest policy. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';
import { examine } from './looks/axe.mjs';
import { contrast, over } from './looks/colour.mjs';

const world = useBrowser();

// Not even WebAssembly: the element needs no engine.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";
const TAG = 'sign-in-with-x-permissions';

/** @param {string} body @param {{ dir?: string, scripts?: string[] }} [more] */
const page = (body, { dir = 'ltr', scripts = ['/pkg/permissions-define.js'] } = {}) => (/** @type {string} */ path) =>
  path === '/host'
    ? {
        body: `<!doctype html><html lang="ar" dir="${dir}"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,"></head>
<body>${body}${scripts.map((script) => `<script type="module" src="${script}"></script>`).join('')}</body></html>`,
        headers: { 'Content-Security-Policy': POLICY },
      }
    : path === '/early.js'
      ? { body: `document.querySelector('${TAG}').scope = 'media.write';`, type: 'text/javascript' }
      : undefined;

/** @param {import('node:test').TestContext} t @param {Parameters<typeof page>} shown */
async function show(t, ...shown) {
  const here = await world(t, { pages: page(...shown) });
  await here.person.arrive('/host');
  await here.driver.wait(() => here.driver.executeScript(`return Boolean(document.querySelector('${TAG}')?.shadowRoot?.querySelector('[part=link]'))`), 15_000, 'the permissions are drawn');
  /** @type {(script: string) => Promise<any>} */
  const inPage = (script) => here.driver.executeScript(`const element = document.querySelector('${TAG}'); const root = element.shadowRoot; ${script}`);
  return { ...here, inPage };
}

const READ = `return [...root.querySelectorAll('[part=group]')].map((group) => [
  group.querySelector('[part=heading]').localName + ' ' + group.querySelector('[part=heading]').textContent,
  ...[...group.querySelectorAll('[part=list] > [part=item]')].map((item) => item.textContent)]);`;

test('F1 F2 F8: lists both groups and the links, under a policy that allows its scripts and nothing else', async (t) => {
  const { inPage, witness, demo } = await show(t, `<${TAG} scope="offline.access users.read tweet.read">Fallback</${TAG}>`);
  assert.deepEqual(await inPage(READ), [
    ['h3 Things this App can view', 'All the Tweets you can view, including Tweets from protected accounts.', 'Any account you can view, including protected accounts.'],
    ['h3 Things this App can do', 'Stay connected to your account until you revoke access.'],
  ]);
  const links = await inPage(`return [...root.querySelectorAll('[part=link]')].map(({ href, textContent, rel, target }) => [href, textContent, rel, target])`);
  assert.deepEqual(links.map(([href, words]) => [href, words.replace(' on X, opens in a new tab', '')]), [
    ['https://x.com/settings/connected_apps', 'Connected apps'],
    ['https://x.com/settings/sessions', 'Sessions'],
    ['https://help.x.com/en/managing-your-account/connect-or-revoke-access-to-third-party-apps', 'Help'],
  ]);
  for (const [, , rel, target] of links) assert.deepEqual([rel, target], ['noreferrer', '_blank']);
  assert.equal(await inPage(`return getComputedStyle(root.querySelector('[part=list]')).display`), 'grid', 'its sheet is in force');
  await witness.quiet();
  for (const { url } of witness.requests.filter(({ url }) => url !== 'data:,')) assert.ok(url.startsWith(demo.url) && !url.endsWith('.wasm'), url);
});

test('F5 F6: headings, lists with names, and drawings that are not spoken', async (t) => {
  const { inPage } = await show(t, `<${TAG} scope="tweet.read tweet.write zebra" heading-level="2"></${TAG}>`);
  const groups = await inPage(`return [...root.querySelectorAll('[part=list]')].map((list) =>
    [list.localName, list.getAttribute('role'), root.getElementById(list.getAttribute('aria-labelledby')).localName, root.getElementById(list.getAttribute('aria-labelledby')).textContent])`);
  assert.deepEqual(groups.map(([list, role, heading]) => [list, role, heading]), Array(3).fill(['ul', 'list', 'h2']));
  assert.deepEqual(groups.map(([, , , words]) => words), ['Things this App can view', 'Things this App can do', 'Other permissions']);
  assert.ok(await inPage(`return [...root.querySelectorAll('svg')].every((svg) => svg.getAttribute('aria-hidden') === 'true')`));
  // English, on a page that says it is Arabic.
  assert.ok(await inPage(`return [...root.querySelectorAll('bdi, .away')].every((words) => words.lang === 'en' || words.textContent === 'zebra')`));
  assert.ok(await inPage(`return [...root.querySelectorAll('[part=link]')].every((link) => link.getBoundingClientRect().height >= 24)`), 'links are big enough to hit');
});

test('F5 F6: axe-core finds no violation in it', async (t) => {
  const { driver } = await show(t, `<main><h1>Host</h1><h2>Sign in</h2><${TAG} level="messages" email scope="zebra"></${TAG}></main>`);
  const { violations, passes } = await examine(driver);
  assert.deepEqual(violations, []);
  assert.ok(passes.some((line) => line.startsWith('link-name ') && line.includes(TAG)), 'it has looked into the shadow root');
});

test('F2 B6: an unknown scope is text, whatever it looks like', async (t) => {
  const { inPage } = await show(t, `<${TAG} scope="tweet.read &lt;img/src=x&gt; zebra.read"></${TAG}>`);
  assert.deepEqual((await inPage(READ)).at(-1), ['h3 Other permissions', '<img/src=x>', 'zebra.read']);
  assert.equal(await inPage(`return root.querySelectorAll('img').length`), 0);
});

test('F6: a change leaves the keyboard where it is', async (t) => {
  const { inPage } = await show(t, `<${TAG}></${TAG}>`);
  await inPage(`root.querySelector('[part=link]').focus()`);
  await inPage(`element.level = 'messages'; element.email = true; element.headingLevel = 4`);
  const drawn = await inPage(READ);
  assert.deepEqual(drawn.map(([heading, ...items]) => [heading, items.length]), [['h4 Things this App can view', 4], ['h4 Things this App can do', 6]]);
  assert.equal(await inPage(`return root.activeElement.textContent`), 'Connected apps on X, opens in a new tab');
  await inPage(`element.removeAttribute('level'); element.scope = 'media.write'; element.email = false; element.headingLevel = '1'`);
  assert.deepEqual(await inPage(READ), [['h3 Things this App can do', 'Upload media.']]);
  // Taken out and put back, it is drawn once.
  await inPage(`element.remove(); document.body.append(element)`);
  assert.equal(await inPage(`return root.querySelectorAll('[part=links]').length`), 1);
});

test('F6 F13: from right to left the drawings are on the right of the words, also of their second line', async (t) => {
  const { inPage } = await show(t, `<${TAG} scope="list.read"></${TAG}>`, { dir: 'rtl' });
  await inPage(`element.style.width = '260px'`);
  const [gap, lines, right] = await inPage(`
    const [icon, words] = ['[part=icon]', '[part=item] bdi'].map((css) => root.querySelector(css));
    const lines = [...words.getClientRects()].filter(({ width }) => width > 40);
    return [icon.getBoundingClientRect().left - Math.max(...lines.map((line) => line.right)), lines.length, Math.max(...lines.map((line) => line.right)) - Math.min(...lines.map((line) => line.right))]`);
  assert.ok(lines > 1 && gap > 4 && gap < 30, `${gap} pixels, ${lines} lines`);
  assert.ok(right < 12, 'every line begins at the drawing');
});

test('F6: in a narrow column and in letters twice as big nothing sticks out', async (t) => {
  const { inPage } = await show(t, `<${TAG} level="messages" email scope="x"></${TAG}><${TAG} scope="${'long'.repeat(40)}"></${TAG}>`);
  await inPage(`for (const one of document.querySelectorAll('${TAG}')) Object.assign(one.style, { width: '288px', fontSize: '32px' })`);
  const wide = await inPage(`return [...document.querySelectorAll('${TAG}')].flatMap((one) => [...one.shadowRoot.querySelectorAll('[part]')]
    .filter((node) => node.getBoundingClientRect().right > one.getBoundingClientRect().right + 1).map((node) => node.getAttribute('part')))`);
  assert.deepEqual(wide, []);
});

test('F6: it takes the colour of the text around it, and what is quieter can still be read', async (t) => {
  const { inPage } = await show(t, `<${TAG}></${TAG}>`);
  for (const [text, ground] of [['rgb(15, 20, 25)', 'rgb(255, 255, 255)'], ['rgb(231, 233, 234)', 'rgb(0, 0, 0)']]) {
    await inPage(`Object.assign(document.body.style, { color: '${text}', background: '${ground}' })`);
    const colours = await inPage(`return ['[part=heading]', 'p', '[part=link]', '[part=icon]'].map((css) => getComputedStyle(root.querySelector(css)).color)`);
    for (const colour of colours) assert.ok(contrast(over(colour, ground), ground) >= 4.5, `${colour} on ${ground}`);
  }
});

test('F9: a second copy of the package, and properties from before it came, do no harm', async (t) => {
  const { inPage, driver } = await show(t, `<${TAG} hidden></${TAG}>`, { scripts: ['/early.js', '/pkg/permissions-define.js', '/pkg/permissions-define.js?another'] });
  assert.deepEqual(await inPage(READ), [['h3 Things this App can do', 'Upload media.']]);
  assert.equal(await inPage(`return getComputedStyle(element).display`), 'none', 'hidden is hidden');
  const moved = await driver.executeAsyncScript(`
    const done = arguments[0];
    const frame = document.body.appendChild(document.createElement('iframe'));
    // Into another document, and back: its sheet has to come with it.
    const element = Object.assign(document.createElement('${TAG}'), { scope: 'media.write' });
    frame.contentDocument.body.append(element);
    document.body.append(element);
    done([element.getAttribute('scope'), getComputedStyle(element.shadowRoot.querySelector('[part=list]')).display])`);
  assert.deepEqual(moved, ['media.write', 'grid']);
});
