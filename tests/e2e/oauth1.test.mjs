/** OAuth 1.0a, "Log in with X": the backend begins, and the page waits as ever. */
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { assertNothingRemains, assertTalkedOnlyTo, FLOWS, hostAt, secretsOf, useBrowser } from './harness.mjs';
import { COMPILES_LATER, tellPage } from './harness/compiling.mjs';
import { person as inFrontOf } from './harness/person.mjs';
import { test } from './harness/scenario.mjs';

/** @typedef {import('./harness/world.mjs').World} World */

const world = useBrowser();
/** A second browser: other storage, other cookies. */
const elsewhere = useBrowser();

const PAGE = '/?app=oauth1';
const START = '/auth/x/oauth1/start';
/** What the browser itself writes when the backend refuses. */
const REFUSED = /\/auth\/x\/oauth1\/exchange - Failed to load resource: the server responded with a status of 400/;

/** How often a page gave a verifier to the backend, a code to it, and how many people the backend then knows. @param {World} here */
async function finished({ witness, simulator }) {
  await witness.quiet();
  const posts = (/** @type {string} */ path) => witness.requests.filter(({ method, url }) => method === 'POST' && new URL(url).pathname === path).length;
  return { verifiers: posts('/auth/x/oauth1/exchange'), codes: posts('/auth/x/exchange'), people: simulator.control.counts().userRequests };
}

/** "Cancel" at X, which says so first, and leads back by a link. @param {World} here */
async function cancelAtX({ driver, person }) {
  await person.decideHere('cancel');
  await driver.wait(() => driver.findElements({ id: 'return' }).then((found) => found.length > 0), 15_000, 'X says that it was cancelled');
  await driver.findElement({ id: 'return' }).click().catch(() => {});
  await person.home();
}

/** The session of whoever uses this browser. @param {World} here */
const signedIn = ({ witness }) => witness.inPage(`async () => (await fetch('/auth/x/session')).status`);

for (const flow of FLOWS) {
  test(`A7 A12 B2 B5 B8 C5 G1 G9: ${flow} signs in by OAuth 1.0a`, async (t) => {
    const here = await world(t);
    const { person, witness, demo } = here;
    await person.visit(PAGE);
    // What the page says to write is what it does.
    const told = await witness.inPage(`() => document.querySelector('#code-page').textContent`);
    assert.match(String(told), /<sign-in-with-x\s[^>]*start="\/auth\/x\/oauth1\/start"/);
    await person.press(flow);
    await person.approve('ada_example');

    assert.equal(await person.greeting(), '@ada_example');
    await person.popupGone();
    assert.deepEqual(await finished(here), { verifiers: 1, codes: 0, people: 1 });
    assert.deepEqual(new Set(Object.values(await person.steps())), new Set(['done']));
    // The checks below are worth something only if there were secrets to look for.
    const { state, code, verifier, token } = secretsOf(here);
    assert.deepEqual([state.length, code.length, verifier.length, token.length], [1, 1, 0, 3]);
    const begun = witness.requests.filter(({ url }) => url.startsWith(demo.url + START));
    assert.deepEqual(begun.map(({ url }) => [...new URL(url).searchParams.keys()]), [['redirect_uri', 'state']]);
    await assertNothingRemains(here);
    assertTalkedOnlyTo(here);
  });

  test(`A22 B6 B8 G9: Cancel at X, by ${flow}, is no error of OAuth 1.0a, and the next try works`, async (t) => {
    const here = await world(t);
    const { person } = here;
    await person.visit(PAGE);
    await person.listen();
    await person.press(flow);
    await cancelAtX(here);

    assert.equal(await person.notice(), 'cancelled');
    await person.popupGone();
    if (flow === 'popup') assert.deepEqual((await person.heard()).slice(-2).sort(), ['idle', 'sign-in-cancel']);
    assert.deepEqual(await finished(here), { verifiers: 0, codes: 0, people: 0 });
    await assertNothingRemains(here);

    await person.press(flow);
    await person.approve('noor_example');
    assert.equal(await person.greeting(), '@noor_example');
  });

  test(`A22 G9: begun by ${flow}, a backend that X gives no request token is an error on the page`, async (t) => {
    const here = await world(t, { pages: hostAt([{ start: START, flow }]) });
    const { person, driver, simulator } = here;
    simulator.control.fault('callback_unconfirmed');
    await person.visitHost();
    await driver.findElement({ css: 'sign-in-with-x' }).click();
    assert.equal(await person.hears(/^sign-in-/), 'sign-in-error provider_error');
    await person.popupGone();
    await assertNothingRemains(here);
  });

  test(`A5 D7 G9: begun by ${flow} here, the answer opened in another browser signs nobody in`, async (t) => {
    const here = await world(t);
    const there = await elsewhere(t);
    here.simulator.control.fault('second_browser');
    await here.person.visit(PAGE);
    await here.person.press(flow);
    await here.person.decideHere('authorize');
    await here.driver.wait(() => here.simulator.control.handedOver().length === 1, 15_000, 'waiting for X to hand its answer over');
    const [callback] = here.simulator.control.handedOver();

    const person = inFrontOf(there.driver, here.demo.url);
    await person.visit(PAGE);
    await there.driver.get(String(callback));
    assert.equal(await person.callbackNotice(), 'started_elsewhere');
    assert.equal(await there.driver.getCurrentUrl(), `${here.demo.url}/auth/x/callback`);
    await there.witness.quiet();
    assert.ok(!there.witness.requests.some(({ method }) => method === 'POST'), 'the verifier was given to nobody');
    assert.equal(await signedIn(there), 204);
  });

  test(`A7 B2 B8 G9: the callback of a sign-in by ${flow}, opened again, exchanges nothing`, async (t) => {
    const here = await world(t);
    const { person, driver, witness, demo } = here;
    await person.visit(PAGE);
    await person.press(flow);
    await person.approve('ada_example');
    await person.greeting();
    // What the browser tells of its requests may come after what the page shows.
    await witness.quiet();
    const { url } = witness.requests.find((request) => request.url.startsWith(`${demo.url}/auth/x/callback?`)) ?? assert.fail('no callback');
    await driver.get(url);
    assert.equal(await person.callbackNotice(), 'started_elsewhere');
    assert.equal(new URL(await driver.getCurrentUrl()).search, '');
    await person.backToSite();
    assert.equal(await person.greeting(), '@ada_example');
    assert.deepEqual(await finished(here), { verifiers: 1, codes: 0, people: 1 });
    await assertNothingRemains(here);
  });
}

/** What a browser says of an address that somebody typed in: of one that says nothing the backend asks first. */
const TYPED = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

/** Where an address leads, for a person who types it in; `fetch` would say that a script asks. @param {string} url @returns {Promise<string>} */
const leadsTo = (url) => new Promise((resolve, reject) => get(url, { headers: TYPED }, (response) => resolve(String(response.resume().headers.location))).on('error', reject));

/** A stranger's own sign-in, approved at X and not yet presented: what they would have somebody else present. @param {World} here */
async function strangersAnswer({ demo, simulator }) {
  simulator.control.autoApprove('noor_example');
  const redirectUri = `${demo.url}/auth/x/callback`;
  const answer = await leadsTo(await leadsTo(`${demo.url}${START}?redirect_uri=${encodeURIComponent(redirectUri)}&state=${'S'.repeat(43)}`));
  simulator.control.autoApprove(null);
  assert.ok(answer.startsWith(`${redirectUri}?oauth_token=`), answer);
  return answer;
}

test('A5 G9: a stranger’s answer signs nobody in, who has begun nothing', async (t) => {
  const here = await world(t);
  const { person, driver } = here;
  await person.visit(PAGE);
  await driver.get(await strangersAnswer(here));
  assert.equal(await person.callbackNotice(), 'started_elsewhere');
  assert.deepEqual(await finished(here), { verifiers: 0, codes: 0, people: 0 });
  assert.equal(await signedIn(here), 204);
});

test('A5 G4 G9: a stranger’s answer signs nobody in, in the middle of a sign-in of their own', async (t) => {
  const here = await world(t, { expected: [REFUSED] });
  const { person, driver } = here;
  await person.visit(PAGE);
  await person.press('redirect');
  // Whoever is at X is sent to the callback with the stranger's token.
  await driver.get(await strangersAnswer(here));
  assert.equal(await person.notice(), 'exchange_failed');
  assert.deepEqual(await finished(here), { verifiers: 1, codes: 0, people: 0 });
  assert.equal(await signedIn(here), 204);
  await assertNothingRemains(here);
});

test('D4 G9: two quick clicks open one popup and begin one sign-in', async (t) => {
  const here = await world(t);
  const { person, driver, witness, demo } = here;
  await person.visit(PAGE);
  await driver.actions().doubleClick(person.button('popup')).perform();
  await person.lookAtX('popup');
  assert.equal(await person.windows(), 2);
  await witness.quiet();
  assert.equal(witness.requests.filter(({ url }) => url.startsWith(demo.url + START)).length, 1);
  await person.approve('ada_example');
  assert.equal(await person.greeting(), '@ada_example');
});

test('D3 G9: a popup that the browser blocks is said to be blocked, and nothing begins', async (t) => {
  const here = await world(t);
  const { person, driver, witness, demo } = here;
  await person.visit(PAGE);
  await driver.executeScript(`document.querySelector('sign-in-with-x[flow="popup"]').shadowRoot.querySelector('button').click()`);
  assert.equal(await person.notice(), 'popup_blocked');
  await witness.quiet();
  assert.ok(!witness.requests.some(({ url }) => url.startsWith(demo.url + START)));
  await assertNothingRemains(here);
});

test('D1 G9: a click before the engine is there waits for it in an empty window', async (t) => {
  const here = await world(t, { pages: hostAt([{ start: START, flow: 'popup' }]) });
  const { person, driver, witness } = here;
  await witness.beforeEachPage(COMPILES_LATER);
  await person.arrive('/host');
  await driver.wait(() => driver.executeScript(`return customElements.get('sign-in-with-x') !== undefined`), 15_000, 'the element is defined');
  await driver.executeScript(`document.querySelector('sign-in-with-x').textContent = 'Sign in with X'`);
  await person.looksAway();
  const popup = await person.opens(() => driver.findElement({ css: 'sign-in-with-x' }).click());
  await tellPage(driver, 'compile');
  await driver.switchTo().window(popup);
  await person.lookAtX('popup');
  await person.approve('ada_example');
  assert.equal(await person.hears(/^sign-in /), 'sign-in ada_example');
  await person.popupGone();
  await assertNothingRemains(here);
});

for (const flow of FLOWS) {
  test(`A2 G4 F11: OAuth 2.0 that the backend begins, by ${flow}`, async (t) => {
    const here = await world(t, { pages: hostAt([{ start: '/auth/x/start', flow }]) });
    const { person, driver, witness } = here;
    await person.visitHost();
    await person.looksAway();
    await driver.findElement({ css: 'sign-in-with-x' }).click();
    await person.lookAtX(flow);
    await person.approve('ada_example');
    assert.equal(await person.hears(/^sign-in /), 'sign-in ada_example');
    await person.popupGone();
    assert.deepEqual(await here.exchanges(), { page: 1, backend: 1 });
    const begun = witness.requests.find(({ url }) => new URL(url).pathname === '/auth/x/start');
    assert.deepEqual([...new URL(begun?.url ?? '').searchParams.keys()], ['redirect_uri', 'state']);
    await assertNothingRemains(here);
  });
}
