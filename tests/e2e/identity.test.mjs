/** Who is signed in, in the button's place; and out again. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { Key } from 'selenium-webdriver';
import { assertNothingRemains, FLOWS, hostAt, hostPage, useBrowser } from './harness.mjs';

const world = useBrowser();

const PATIENCE = 15_000;

/** What is seen of an element, if anything is. */
const SEEN = `
const host = arguments[0], root = host.shadowRoot, part = (name) => root?.querySelector('[part=' + name + ']');
const size = (element) => element && [element.getBoundingClientRect().width, element.getBoundingClientRect().height];
const chip = part('identity');
return part('button') && {
  button: part('button').checkVisibility(),
  chip: chip?.checkVisibility() && {
    name: part('name').textContent, handle: part('handle').textContent, initial: part('avatar').textContent,
    picture: root.querySelector('img')?.naturalWidth > 0,
    mark: chip.querySelector('path').getAttribute('d') === part('button').querySelector('path').getAttribute('d') && size(chip.querySelector('svg'))[0],
    size: size(chip), signOut: size(part('sign-out')), elements: chip.querySelectorAll('*').length,
    cut: part('handle').scrollWidth > part('handle').clientWidth,
    inside: [...chip.querySelectorAll('*')].every((each) => {
      const [inner, outer] = [each, chip].map((element) => element.getBoundingClientRect());
      return inner.left >= outer.left && inner.right <= outer.right + 0.1;
    }),
  },
  host: size(host), said: root.querySelector('[role=status]').textContent,
  focus: root.activeElement?.getAttribute('part') ?? null,
};`;

/** @param {Awaited<ReturnType<typeof world>>} here @param {string} [id] */
function watch({ driver, person }, id = 'x0') {
  const look = async () => driver.executeScript(SEEN, await driver.findElement({ id }));
  return {
    look,
    /** @param {(seen: any) => unknown} is @param {string} what @returns {Promise<any>} */
    until: (is, what) => driver.wait(async () => {
      const seen = await look().catch(() => null);
      return seen && is(seen) && seen;
    }, PATIENCE, what),
    /** @param {unknown} session */
    tell: (session) => driver.executeScript(`document.getElementById(arguments[0]).session = arguments[1]`, id, session),
    signOut: () => driver.executeScript(`document.getElementById(arguments[0]).shadowRoot.querySelector('[part=sign-out]').click()`, id),
    /** @param {import('./harness/person.mjs').Flow} [flow] */
    async signIn(flow = 'popup', username = 'ada_example') {
      await person.press(flow);
      await person.approve(username);
      await person.hears(/^sign-in /);
    },
  };
}

const somebody = { id: '1', name: 'Ada Lovelace', username: 'ada_example' };

for (const flow of FLOWS) {
  test(`F8: after a sign-in by ${flow} handle, picture and mark stand in the button’s place, in its height`, async (t) => {
    const here = await world(t, { pages: hostAt([{ flow }]) });
    const { until, look, signIn, signOut } = watch(here);
    await here.person.visitHost();
    const before = await look();
    assert.deepEqual([before.button, before.chip], [true, null]);
    await signIn(flow);
    const { button, chip, host } = await until((seen) => seen.chip?.picture, 'the chip with its picture');
    assert.deepEqual([button, chip.name, chip.handle, chip.initial, chip.inside, chip.cut], [false, 'Ada Example', '@ada_example', '', true, false]);
    assert.ok(chip.mark >= 14, `the mark is ${chip.mark} pixels wide`);
    assert.equal(host[1], before.host[1], 'nothing below it moves');
    assert.ok(chip.signOut.every((/** @type {number} */ length) => length >= 24), `the way out is ${chip.signOut}`);
    await assertNothingRemains(here);

    await signOut();
    await here.person.hears(/^sign-out$/);
    await here.witness.quiet();
    assert.deepEqual((await here.person.heard()).slice(-2), ['idle', 'sign-out'], 'that press began no sign-in');
    const after = await look();
    assert.deepEqual([after.button, after.chip, after.host, after.said], [true, null, before.host, 'Signed out']);
    await here.person.visitHost();
    assert.equal((await look()).button, true);
  });
}

test('F8 G1: restore shows it after a reload, until the person signs out', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup', restore: '' }, { flow: 'redirect' }]) });
  const { until, look, signIn, signOut } = watch(here);
  await here.person.visitHost();
  await signIn('popup', 'noor_example');
  await here.person.visitHost();
  const { chip, said, focus } = await until((seen) => seen.chip, 'the chip');
  assert.deepEqual([chip.handle, said, focus], ['@noor_example', '', null]);
  assert.equal((await watch(here, 'x1').look()).button, true, 'who has not asked does not know');
  assert.deepEqual(await here.person.heard(), [], 'nobody has signed in here');
  await signOut();
  await here.person.hears(/^sign-out$/);
  await here.person.visitHost();
  await here.witness.quiet();
  assert.equal((await look()).button, true);
});

test('F8: with identity="none" the button stays', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup', identity: 'none' }]) });
  const { look, signIn } = watch(here);
  await here.person.visitHost();
  await signIn();
  await here.witness.quiet();
  const { button, chip } = await look();
  assert.deepEqual([button, chip], [true, null]);
});

test('F8 F5 F7: by keyboard: to X, back to the chip, on to the way out, and back to the button', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }]) });
  const { driver, person } = here;
  const { until } = watch(here);
  await person.visitHost();
  await person.looksAway();
  await person.pressEnter('popup');
  await person.approve('ada_example');
  const { said } = await until((seen) => seen.focus === 'identity', 'the keyboard is on the chip');
  assert.match(said, /^Signed in: .*@ada_example$/);
  await driver.actions().sendKeys(Key.TAB).perform();
  await until((seen) => seen.focus === 'sign-out', 'the keyboard is on the way out');
  await driver.actions().sendKeys(Key.ENTER).perform();
  await until((seen) => seen.button && seen.focus === 'button', 'the keyboard is on the button');
  assert.equal(await person.windows(), 1);
});

test('F8 A22: a backend that does not let go leaves the chip, and can be asked again', async (t) => {
  let refuses = true;
  const host = hostAt([{ flow: 'popup' }]);
  const here = await world(t, {
    expected: [/\/auth\/x\/signout - Failed to load resource/],
    pages: (path, config) => (path === '/auth/x/signout' && refuses ? { body: '{"error":"server_error"}', type: 'application/json', status: 500 } : host(path, config)),
  });
  const { look, until, signIn, signOut } = watch(here);
  await here.person.visitHost();
  await signIn();
  await until((seen) => seen.chip, 'the chip');
  await signOut();
  await here.person.hears(/^sign-in-error exchange_failed$/);
  assert.equal((await look()).chip.handle, '@ada_example');
  refuses = false;
  await signOut();
  await here.person.hears(/^sign-out$/);
});

test('F1 F2 F8: where the policy keeps pictures away there is an initial, and nothing broken', async (t) => {
  const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'nonce-n'; connect-src 'self'; img-src data:; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
  const here = await world(t, {
    expected: [/img-src/],
    pages: (path, config) => (path === '/host'
      ? { body: hostPage(config, [{ flow: 'popup' }]).replaceAll('<script ', '<script nonce="n" '), headers: { 'Content-Security-Policy': policy } }
      : undefined),
  });
  const { until, signIn } = watch(here);
  await here.person.visitHost();
  await signIn();
  const { chip } = await until((seen) => seen.chip, 'the chip');
  await here.witness.quiet();
  assert.deepEqual([chip.handle, chip.initial, chip.picture, chip.size[1]], ['@ada_example', 'A', false, 44]);
});

/** Names that people might choose. */
const NAMES = {
  'markup': '<img src=x onerror=alert(1)><b>',
  'a direction that is never taken back': '\u202E\u2067\u202Dgnp.tnemyap',
  'without end': 'W'.repeat(5000),
  'lines and controls': 'a\n\n\u0000\u0007\u2028\u2029\tb',
  'a tower of marks': `z${'\u0336\u0334\u0351\u0300'.repeat(60)}`,
  'right to left': 'עדה לאבלייס',
  'nothing': '',
};

for (const [what, name] of Object.entries(NAMES)) {
  test(`F8 F13: a name of ${what} stays text, in its place`, async (t) => {
    const here = await world(t, { pages: hostAt([{}, { size: 'medium' }, { size: 'small' }, { size: 'small', dir: 'rtl' }], { body: '<style>sign-in-with-x { max-width: 360px }</style>' }) });
    await here.person.visitHost();
    for (const [index, height] of [44, 36, 28, 28].entries()) {
      const { tell, until } = watch(here, `x${index}`);
      await tell({ user: { ...somebody, name }, scopes: [] });
      const { chip } = await until((seen) => seen.chip, 'the chip');
      assert.deepEqual([chip.name, chip.handle, chip.elements], [name, '@ada_example', 7]);
      assert.equal(chip.size[1], height);
      assert.ok(chip.size[0] <= 360 && chip.inside && !chip.cut, `${index}: ${JSON.stringify(chip)}`);
    }
  });
}

test('F8: the looks of the chip follow those of the button, and nothing that is drawn anew takes it away', async (t) => {
  const here = await world(t, { pages: hostAt([{}]) });
  const { driver } = here;
  const { tell, until, look } = watch(here);
  await here.person.visitHost();
  await tell({ user: somebody, scopes: [] });
  await until((seen) => seen.chip, 'the chip');
  const looks = () => driver.executeScript(`const { backgroundColor, borderTopLeftRadius } = getComputedStyle(document.querySelector('sign-in-with-x').shadowRoot.querySelector('[part=identity]')); return [backgroundColor, borderTopLeftRadius]`);
  /** @param {Record<string, string>} attributes */
  const set = (attributes) => driver.executeScript(`for (const [name, value] of Object.entries(arguments[0])) document.querySelector('sign-in-with-x').setAttribute(name, value)`, attributes);
  assert.deepEqual(await looks(), ['rgb(0, 0, 0)', '999px']);
  await set({ theme: 'white', size: 'medium', shape: 'rounded', disabled: '' });
  assert.deepEqual(await looks(), ['rgb(255, 255, 255)', '8px']);
  const { button, chip } = await look();
  assert.deepEqual([button, chip.size[1]], [false, 36]);
  await set({ size: 'small', shape: 'square', type: 'link' });
  assert.deepEqual(await looks(), ['rgba(0, 0, 0, 0)', '0px']);
  await tell(null);
  await until((seen) => seen.button && !seen.chip, 'the button again');
});

test('E11 F8: what the chip takes is loaded when somebody has signed in, and not before', async (t) => {
  const here = await world(t, { pages: hostAt([{ flow: 'popup' }]) });
  const { until, signIn } = watch(here);
  const scripts = () => here.witness.requests.filter(({ url }) => /\/pkg\/(chunk-[^/]*\.js|[^/]*\.wasm)$/.test(url)).map(({ url }) => url.split('/').at(-1));
  await here.person.visitHost();
  await here.witness.quiet();
  const before = scripts();
  // With the engine in it.
  assert.equal(before.length, 1, before.join());
  await signIn();
  await until((seen) => seen.chip, 'the chip');
  // And what waits for the popup, with the whole engine; each once.
  const since = scripts().slice(before.length);
  assert.equal(since.length, 3, since.join());
  for (const name of ['chunk-identity.js', 'sign-in-with-x.wasm']) assert.ok(since.includes(name), since.join());
});

test('F8: a button of renderButton’s becomes the same, and says so when it is left', async (t) => {
  const body = (/** @type {{ clientId: string, redirectUri: string, authorize: string }} */ config) => `<div id="place"></div><script type="module">
import { createSignIn } from '/pkg/index.js';
const client = createSignIn({ clientId: '${config.clientId}', redirectUri: '${config.redirectUri}', flow: 'popup', endpoints: { authorize: '${config.authorize}' } });
window.rendered = client.renderButton(document.querySelector('#place'), {
  onResult: ({ user }) => window.heard.push('sign-in ' + user.username),
  onError: ({ code }) => window.heard.push('sign-in-error ' + code),
  onSignOut: () => window.heard.push('sign-out'),
});
document.querySelector('#place').firstChild.id = 'x0';
</script>`;
  const here = await world(t, { pages: (path, config) => (path === '/host' ? { body: hostPage(config, [], { body: body(config) }) } : undefined) });
  const { driver, person } = here;
  const { until, signOut } = watch(here);
  await person.arrive('/host');
  await until((seen) => seen.button, 'the button');
  await person.looksAway();
  await driver.findElement({ id: 'x0' }).click();
  await person.lookAtX('popup');
  await person.approve('ada_example');
  await person.hears(/^sign-in ada_example$/);
  assert.equal((await until((seen) => seen.chip, 'the chip')).chip.handle, '@ada_example');
  await signOut();
  await person.hears(/^sign-out$/);
  await until((seen) => seen.button && !seen.chip, 'the button again');
  await driver.executeScript('window.rendered.update({ session: arguments[0], theme: "outline" })', { user: somebody, scopes: [] });
  await until((seen) => seen.chip, 'whom the page has named');
  await driver.executeScript('window.rendered.update({ identity: "none" })');
  await until((seen) => seen.button && !seen.chip, 'the button once more');
});
