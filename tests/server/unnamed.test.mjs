/** G10: browsers without Fetch Metadata (Safari before 16.4): who begins a sign-in there, and what is asked first. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { CALLBACK } from '../simulator/helpers.mjs';
import { APP, FROM_X, backend, browser } from './browser.mjs';
import { ORIGIN } from './helpers.mjs';

const START = 'sign-in-with-x-start';
const ASKED = 'sign-in-with-x-asked';
/** What such a browser says of a navigation, and of an image. */
const WINDOW = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const IMAGE = { accept: 'image/png,image/svg+xml,image/*;q=0.8,video/*;q=0.8,*/*;q=0.5' };
const ROUTES = ['start', 'oauth1/start'];

/** A link on another site, with `rel=noreferrer`: no `Strict` cookie comes along, and what is answered is kept. */
async function lured(handler, person, path) {
  const response = await handler(new Request(`${ORIGIN}${path}`, { headers: WINDOW }));
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    person.jar.set(name, value);
  }
  return { status: response.status, cookies: response.headers.getSetCookie(), text: await response.text() };
}

for (const route of ROUTES) {
  test(`G10: another site's link without a referrer begins nothing, however often (${route})`, async (t) => {
    const { handler, heard } = await backend(t);
    const person = browser(handler);
    for (let count = 0; count < 3; count += 1) {
      const asked = await lured(handler, person, `/auth/x/${route}?return_to=/inbox`);
      assert.deepEqual([asked.status, asked.cookies], [200, [`${ASKED}=1; Path=/; Max-Age=600; HttpOnly; SameSite=Strict`]]);
    }
    assert.deepEqual([[...person.jar.keys()], heard.length], [[ASKED], 0]);
  });

  test(`G10 F11: who goes on signs in, with one click more, and not where another site says (${route})`, async (t) => {
    const { handler } = await backend(t);
    const person = browser(handler);
    const asked = await person.ask(`/auth/x/${route}?return_to=/inbox`, { headers: WINDOW });
    assert.equal(asked.status, 200);
    // The same address, with its query: an empty reference.
    assert.match(asked.text, /<html lang="en">.*content="light dark".*<h1>Sign in with X<\/h1>.*<a href="">Go on to X<\/a>/s);
    assert.doesNotMatch(asked.text, /script|refresh/);
    const begun = await person.ask(`/auth/x/${route}?return_to=/inbox`, { headers: WINDOW });
    assert.equal(begun.status, 303);
    const landed = await person.ask(await person.toX(begun.headers.get('location')), { headers: WINDOW });
    assert.deepEqual([landed.status, /content="0;url=([^"]+)"/.exec(landed.text)[1]], [200, '/']);
    assert.equal((await person.session()).status, 200);
  });

  test(`G10: an image on the host's own page begins nothing and ends nothing (${route})`, async (t) => {
    const { handler, heard } = await backend(t);
    const person = browser(handler);
    const image = await person.ask(`/auth/x/${route}`, { headers: { ...IMAGE, referer: `${ORIGIN}/forum` } });
    assert.deepEqual([image.status, image.cookies], [403, []]);
    assert.equal(heard.length, 0);
    const begun = await person.ask(`/auth/x/${route}`, { headers: { ...WINDOW, referer: `${ORIGIN}/forum` } });
    const back = await person.toX(begun.headers.get('location'));
    const before = heard.length;
    assert.equal((await person.ask(back, { headers: IMAGE })).status, 403);
    assert.equal(heard.length, before);
    assert.equal((await person.ask(back, { headers: WINDOW })).status, 200);
  });
}

test('G10 B6: sign-ins that wait in a Strict cookie survive another site’s link', async (t) => {
  const page = `${ORIGIN}/signed-in`;
  const { handler } = await backend(t, { app: { ...APP, redirectUris: [page] }, options: { redirectUris: [page] }, simulated: { apps: [{ ...APP, redirectUris: [page] }] } });
  const person = browser(handler);
  const begun = await person.ask(`/auth/x/start?state=${'P'.repeat(43)}`);
  assert.match(begun.cookies[0], /SameSite=Strict$/);
  await lured(handler, person, '/auth/x/start');
  const back = await fetch(begun.headers.get('location'), { redirect: 'manual' });
  const { code, state } = Object.fromEntries(new URL(back.headers.get('location')).searchParams);
  const answer = await person.post('/auth/x/exchange', { code, state, redirectUri: page, clientId: APP.clientId });
  assert.equal(answer.status, 200, answer.text);
});

test('G10 F11: the popup of a page that hides its address asks once, and the page finishes it', async (t) => {
  const { handler } = await backend(t);
  const person = browser(handler);
  const name = 'Q'.repeat(43);
  const popup = `/auth/x/start?state=${name}`;
  assert.equal((await person.ask(popup, { headers: WINDOW })).status, 200);
  const begun = await person.ask(popup, { headers: WINDOW });
  assert.equal(begun.status, 303);
  const { searchParams } = new URL(await person.toX(begun.headers.get('location')));
  assert.equal(searchParams.get('state'), name);
  const answer = await person.post('/auth/x/exchange', { code: searchParams.get('code'), state: name, redirectUri: CALLBACK, clientId: APP.clientId });
  assert.equal(answer.status, 200, answer.text);
  // While it is known that the person was asked, the next begins at once.
  assert.equal((await person.ask(popup, { headers: WINDOW })).status, 303);
  assert.ok(person.jar.get(START) && person.jar.get(ASKED));
});

test('G10: browsers with Fetch Metadata are asked nothing', async (t) => {
  const { handler } = await backend(t);
  for (const [site, status] of [['same-origin', 303], ['same-site', 303], ['none', 303], ['cross-site', 403]]) {
    const person = browser(handler);
    const answer = await person.ask('/auth/x/start', { headers: { ...FROM_X, 'sec-fetch-site': site } });
    assert.deepEqual([answer.status, person.jar.has(ASKED)], [status, false], site);
  }
});
