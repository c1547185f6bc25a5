/** E5, E13, F2, F3, F9: the one file for a script tag, out of the tarball, in the pages of the README that is packed with it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chapters } from '../glue/docs/markdown.mjs';
import { packAndInstall } from '../pack/tarball.mjs';
import { assertNothingRemains, useBrowser } from './harness.mjs';
import { test } from './harness/scenario.mjs';
import { STRICT } from './looks/page.mjs';

const world = useBrowser();
const FILE = '/node_modules/sign-in-with-x/dist/sign-in-with-x.js';
const NONCE = 'bm9uY2U';
const DYNAMIC = STRICT.replace("script-src 'self'", `script-src 'nonce-${NONCE}' 'strict-dynamic'`);
const ICON = '<link rel="icon" href="data:,">';
const PATIENCE = 15_000;

/** @type {Awaited<ReturnType<typeof packAndInstall>>} */
let tarball;
/** @type {Buffer} */
let script;
/** The README's two blocks of HTML: the page, and what stands in one that does without the element. @type {string[]} */
let blocks;

before(async () => {
  tarball = await packAndInstall();
  script = await readFile(join(tarball.installed, 'dist', 'sign-in-with-x.js'));
  const chapter = chapters(await readFile(join(tarball.installed, 'README.md'), 'utf8')).get('With a script tag') ?? '';
  blocks = [...chapter.matchAll(/^```html\n([^]*?)^```$/gm)].map(([, code]) => code);
  assert.equal(blocks.length, 2);
});

after(() => tarball?.remove());

/** @typedef {{ clientId: string, redirectUri: string, authorize: string }} Config */

/** The README's code, with this test's App and addresses in the place of the quick start's. @param {string} code @param {Config} config */
const placed = (code, { clientId, redirectUri, authorize }) =>
  code
    .replaceAll('dlZBT3dseGJ1cHRpN3h6bmxxbXE6MTpjaQ', clientId)
    .replaceAll('http://127.0.0.1:3000/auth/x/callback', redirectUri)
    .replaceAll('http://localhost:4001/i/oauth2/authorize', authorize);

/** A policy for pages of this test: icons are data, and the simulator plays pbs.twimg.com. @param {string} policy @param {Config} config */
const policyFor = (policy, { authorize }) => policy.replace('img-src', `img-src data: ${new URL(authorize).origin}`);

/**
 * Serves pages, and the file as the tarball has it, without saying in which encoding it is.
 * @param {Record<string, (config: Config) => { body: string, headers?: Record<string, string>, type?: string }>} pages
 * @returns {NonNullable<import('./harness/world.mjs').Conditions['pages']>}
 */
const site = (pages) => (path, config) => {
  if (path === FILE) return { type: 'text/javascript', body: /** @type {string} */ (/** @type {unknown} */ (script)) };
  return pages[path]?.(config);
};

/**
 * Another origin that has files of the package.
 * @param {import('node:test').TestContext} t
 * @param {Record<string, Buffer>} files
 */
async function elsewhere(t, files) {
  const server = createServer((request, response) => {
    const body = files[String(request.url)];
    response.writeHead(body ? 200 : 404, { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://localhost:${port}`;
}

/** @param {string} head @param {string} [body] */
const html = (head, body = '') => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>${ICON}${head}</head><body>${body}</body></html>`;

/** @param {Config} config @param {string} [more] attributes */
const element = ({ clientId, redirectUri }, more = '') =>
  `<sign-in-with-x client-id="${clientId}" redirect-uri="${redirectUri}" flow="popup" ${more}>Wait.</sign-in-with-x>`;

/** @param {import('./harness/world.mjs').World} here @param {string} css what to press */
async function signIn({ driver, person, exchanges }, css) {
  await person.looksAway();
  await driver.findElement({ css }).click();
  await person.lookAtX('popup');
  await person.approve('ada_example');
  await person.reads('#status', /^Signed in as @ada_example$/);
  await person.popupGone();
  assert.deepEqual(await exchanges(), { page: 1, backend: 1 });
}

/** What the browser asked the app's site for to run the package in the page. @param {import('./harness/world.mjs').World} here */
async function loaded({ witness, demo }) {
  await witness.quiet();
  const own = witness.requests.map(({ url }) => new URL(url)).filter(({ origin, pathname }) => origin === demo.url && /\.(?:js|wasm)$/.test(pathname));
  // The callback page's script is the popup's.
  return own.map(({ pathname }) => pathname).filter((path) => path !== '/pkg/callback.js');
}

test('E5 E13 F2: the README’s script-tag.html, with its integrity, signs a person in by popup, and one request was for all of it', async (t) => {
  const here = await world(t, {
    pages: site({
      '/host': (config) => {
        const body = placed(blocks[0], config);
        const hashes = [...body.matchAll(/<script>([^]*?)<\/script>/g)].map(([, inline]) => `'sha256-${createHash('sha256').update(inline).digest('base64')}'`);
        return { body, headers: { 'Content-Security-Policy': policyFor(STRICT.replace("script-src 'self'", `script-src 'self' ${hashes.join(' ')}`), config) } };
      },
    }),
  });
  const { driver, person } = here;
  await person.visitHost();
  await signIn(here, 'sign-in-with-x');
  // Who it is, is shown by a part that the modules load when it is needed.
  const chip = `return document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part=sign-out]') !== null`;
  await driver.wait(() => driver.executeScript(chip), PATIENCE, 'who it is is shown');
  assert.deepEqual(await loaded(here), [FILE]);
  await assertNothingRemains(here);
});

test('E5 F2 F3: with data-manual and a nonce there are the functions and no element, until the page defines it', async (t) => {
  const inline = `<script>
    document.querySelector('#sign-in').addEventListener('click', () => {
      x.signIn({ flow: 'popup' }).then(({ user }) => { document.querySelector('#status').textContent = 'Signed in as @' + user.username; });
    });
  </script>`;
  const here = await world(t, {
    pages: site({
      '/host': (config) => {
        const body = html('', `<button id="sign-in">Go</button><p id="status"></p>${element(config)}${placed(blocks[1], config)}${inline}`);
        return { body: body.replaceAll('<script', `<script nonce="${NONCE}"`), headers: { 'Content-Security-Policy': policyFor(DYNAMIC, config) } };
      },
    }),
  });
  const { driver, person } = here;
  await person.arrive('/host');
  const found = await driver.executeAsyncScript(`const done = arguments[arguments.length - 1];
    SignInWithX.init().then(() => done([typeof customElements.get('sign-in-with-x'), Object.keys(SignInWithX).sort().join(' '),
      SignInWithX.createPkcePair().codeVerifier.length, SignInWithX.permissions('tweet.read').view.length]));`);
  assert.deepEqual(found, ['undefined', 'SignInError SignInWithXElement createPkcePair createSignIn define init links permissions', 43, 1]);
  await signIn(here, '#sign-in');
  await driver.executeScript('SignInWithX.define(); SignInWithX.define();');
  await person.drawn();
  assert.deepEqual(await loaded(here), [FILE]);
});

test('F9: loaded twice, beside the modules before it and after it, and beside an element of its name, it leaves what was first', async (t) => {
  const tag = (/** @type {string} */ more) => `<script src="${FILE}?${more}" ${more}></script>`;
  const told = `<script>document.addEventListener('sign-in', ({ detail }) => { document.querySelector('#status').textContent = 'Signed in as @' + detail.user.username; });</script>`;
  const keep = `<script>window.first = [SignInWithX, customElements.get('sign-in-with-x')];</script>`;
  const modules = `<script type="module">window.module = await import('/pkg/define.js');</script>`;
  const endpoints = (/** @type {Config} */ { authorize }) => `<script>for (const each of document.querySelectorAll('sign-in-with-x')) each.endpoints = { authorize: '${authorize}' };</script>`;
  const here = await world(t, {
    pages: site({
      '/host': (config) => ({ body: html(`${tag('')}${keep}${tag('again')}${told}`, `${element(config)}<p id="status"></p>${endpoints(config)}${modules}`) }),
      '/after': (config) => ({ body: html(`<script type="module">
        const { SignInWithXElement } = await import('/pkg/define.js');
        const script = document.createElement('script');
        script.src = '${FILE}';
        script.onload = () => { window.first = [SignInWithX, SignInWithXElement]; };
        document.head.append(script);</script>`, `<p id="SignInWithX"></p>${element(config)}`) }),
      '/manual': (config) => ({ body: html(`${tag('data-manual')}<script>window.first = [SignInWithX, SignInWithX.SignInWithXElement];</script>${tag('again')}`, element(config)) }),
    }),
  });
  const { driver, person } = here;
  const stays = `return window.first?.[0] === SignInWithX && typeof SignInWithX.init === 'function' && customElements.get('sign-in-with-x') === window.first[1]`;
  for (const path of ['/after', '/manual', '/host']) {
    await person.visitHost(path);
    await driver.wait(() => driver.executeScript(stays), PATIENCE, `the first one stays at ${path}`);
  }
  await driver.wait(() => driver.executeScript('return Boolean(window.module)'), PATIENCE, 'the modules are there');
  assert.equal(await driver.executeScript(`${stays} && window.module.SignInWithXElement !== window.first[1]`), true);
  await signIn(here, 'sign-in-with-x');
});

test('E13: from another origin the right file runs, and one with another byte is refused by the browser', async (t) => {
  const flipped = Buffer.from(script);
  // In a sentence, so that nothing but its hash is wrong.
  const place = script.indexOf('Show the button again');
  assert.ok(place > 0);
  flipped[place] += 1;
  const other = await elsewhere(t, { '/right.js': script, '/flipped.js': flipped });
  const [integrity = ''] = /integrity="sha384-[^"…]+"/.exec(blocks[0]) ?? [];
  assert.ok(integrity, 'the packed README has one');
  /** @param {string} name @param {string} attributes */
  const page = (name, attributes) => (/** @type {Config} */ config) => ({
    body: html(`<script>addEventListener('error', ({ target }) => { if (target.localName === 'script') window.refused = true; }, true);</script><script src="${other}${name}" ${attributes}></script>`, element(config)),
  });
  const sri = `${integrity} crossorigin="anonymous"`;
  const pages = site({ '/host': page('/right.js', sri), '/flipped': page('/flipped.js', sri), '/unchecked': page('/flipped.js', '') });
  const { driver, person } = await world(t, { pages, expected: [/integrity|blocked|SRI/i] });
  const state = `return [window.refused === true, typeof SignInWithX, typeof customElements.get('sign-in-with-x'), document.querySelector('sign-in-with-x').innerText]`;
  await person.visitHost();
  assert.deepEqual((await driver.executeScript(state)).slice(0, 3), [false, 'object', 'function']);
  await person.arrive('/flipped');
  assert.deepEqual(await driver.executeScript(state), [true, 'undefined', 'undefined', 'Wait.']);
  await person.visitHost('/unchecked');
});

/**
 * A page whose policy forbids WebAssembly, and has an image of a visitor's that would pass for the script.
 * @param {Record<string, Buffer>} files what is beside each other
 * @param {string} [other] the origin where they are, unless it is the page's own
 */
const withoutWasm = (files, other = '') => {
  const inline = (/** @type {Config} */ { authorize }) => `<script nonce="${NONCE}">
    const button = document.querySelector('sign-in-with-x');
    button.endpoints = { authorize: '${authorize}' };
    button.addEventListener('sign-in', ({ detail }) => { document.querySelector('#status').textContent = 'Signed in as @' + detail.user.username; });
  </script>`;
  // WebKit checks what is from elsewhere by an element that Trusted Types forbid.
  const policy = other && process.env.E2E_ENGINE === 'webkit' ? DYNAMIC.replace(/; require-trusted[^;]+; trusted[^;]+/, '') : DYNAMIC;
  const host = (/** @type {Config} */ config) => ({
    body: html('', `<img name="currentScript" src="/planted/image.png" alt="">${element(config)}<p id="status"></p>${inline(config)}<script nonce="${NONCE}" src="${other}/v1/sign-in-with-x.js"></script>`),
    headers: { 'Content-Security-Policy': policyFor(policy.replace(" 'wasm-unsafe-eval'", ''), config) },
  });
  const own = Object.entries(files).map(([path, body]) => [path, () => ({ type: 'text/javascript', body: /** @type {any} */ (body) })]);
  return { expected: [/wasm|WebAssembly|unsafe-eval|planted/i], pages: site({ '/host': host, ...Object.fromEntries(other ? [] : own) }) };
};

/** The tarball's two, or with something before the second. @param {string} [before] */
const besideEachOther = async (before = '') => ({
  '/v1/sign-in-with-x.js': script,
  '/v1/chunk-translated.js': Buffer.concat([Buffer.from(before), await readFile(join(tarball.installed, 'dist', 'chunk-translated.js'))]),
});

for (const [place, isElsewhere] of /** @type {const} */ ([['of the page’s own origin', false], ['of another origin', true]])) {
  test(`E1 E3 E13 F2: where a policy forbids WebAssembly, the translation comes from beside the script, ${place}`, async (t) => {
    const files = await besideEachOther();
    const other = isElsewhere ? await elsewhere(t, files) : undefined;
    const here = await world(t, withoutWasm(files, other));
    await here.person.visitHost();
    await signIn(here, 'sign-in-with-x');
    const asked = here.witness.requests.map(({ url }) => new URL(url)).filter(({ pathname }) => pathname.startsWith('/v1/'));
    assert.deepEqual(asked.map(({ href }) => href), Object.keys(files).map((path) => (other ?? here.demo.url) + path));
  });
}

test('E13 E1: a translation with another byte is refused like the script itself, and does not run', async (t) => {
  const files = await besideEachOther('window.ran = true;');
  const other = await elsewhere(t, files);
  const { expected, ...page } = withoutWasm(files, other);
  const { driver, person, witness } = await world(t, { ...page, expected: [...expected, /integrity|SRI|hash/i] });
  await person.arrive('/host');
  const outcome = await driver.executeAsyncScript(`const done = arguments[arguments.length - 1];
    SignInWithX.init().then(() => done(['ready']), (error) => done([error.code, String(error.cause?.message)]));`);
  assert.equal(outcome[0], 'wasm_unavailable');
  assert.match(outcome[1], /\/v1\/chunk-translated\.js is missing, or not of this version/);
  assert.equal(await driver.executeScript('return typeof window.ran'), 'undefined');
  assert.ok(witness.requests.some(({ url }) => url === `${other}/v1/chunk-translated.js`));
});

/** Where the tag stands, and the encodings of pages that are hardest on a script. */
const PLACES = {
  'in the head, before the element': ['utf-8', (/** @type {string} */ tag, /** @type {string} */ button) => html(tag, button)],
  'deferred, in a page of windows-1252': ['windows-1252', (/** @type {string} */ tag, /** @type {string} */ button) => html(tag.replace('src', 'defer src'), button)],
  'as it comes, in a page of Shift_JIS': ['shift_jis', (/** @type {string} */ tag, /** @type {string} */ button) => html(tag.replace('src', 'async src'), button)],
  'after the element, in a page of ISO-2022-JP': ['iso-2022-jp', (/** @type {string} */ tag, /** @type {string} */ button) => html('', button + tag)],
  'as a module': ['utf-8', (/** @type {string} */ tag, /** @type {string} */ button) => html(tag.replace('src', 'type="module" src'), button)],
};

test('E5 E11: the tag may stand anywhere, in a page of any encoding, and the button speaks other languages without another request', async (t) => {
  const pages = Object.values(PLACES).map(([encoding, write], index) => [
    `/place-${index}`,
    (/** @type {Config} */ config) => ({
      type: `text/html; charset=${encoding}`,
      body: /** @type {(tag: string, button: string) => string} */ (write)(`<script src="${FILE}"></script>`, element(config, 'locale="ja"')).replace('<meta charset="utf-8">', ''),
    }),
  ]);
  const here = await world(t, { pages: site(Object.fromEntries(pages)) });
  const { driver, person } = here;
  for (const [index, [title, [encoding]]] of Object.entries(PLACES).entries()) {
    await person.visitHost(`/place-${index}`);
    const said = await driver.executeScript(`return [document.characterSet.toLowerCase(), document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part=label]').textContent]`);
    assert.deepEqual(said, [encoding, 'Xでログイン'], title);
  }
  assert.deepEqual(new Set(await loaded(here)), new Set([FILE]));
});
