/**
 * The callback page and the engine judge alike: www/src/callback.js over tests/fixtures/callbacks.json. What the engine
 * makes of the same table is tests/native/callback_page.rs.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { openCallbackPage } from './callback-page.mjs';

const fixture = JSON.parse(readFileSync(new URL('../fixtures/callbacks.json', import.meta.url), 'utf8'));
const PREFIX = 'sign-in-with-x:';
const NOTE = `${PREFIX}outcome`;
const { page, now } = fixture;

/** A text with its placeholders filled in. */
const filled = (/** @type {string} */ text = '') =>
  text
    .replace(/\{([STU])\}/g, (_, letter) => letter.repeat(43))
    .replace('{s}', 's'.repeat(43))
    .replace('{S42}', 'S'.repeat(42))
    .replace(/\{x(\d+)\}/g, (_, length) => 'x'.repeat(Number(length)));

/** sessionStorage before the callback. @param {any} given */
const entriesOf = (given) =>
  Object.fromEntries(
    given.stored.map((/** @type {any} */ { state, age, steady = age, record }) => [
      PREFIX + state.repeat(43),
      String(new URLSearchParams({ ...fixture.record, created_at: String(now - age), steady_at: String(now - steady), ...record })),
    ]),
  );

/** Opens the page for a case of the table. @param {any} given */
const run = (given, more = {}) =>
  openCallbackPage({
    page,
    now,
    query: filled(given.query),
    fragment: filled(given.fragment),
    entries: entriesOf(given),
    answers: given.popup ? [...(given.told ?? []), ...(given.handed ?? [])].map(filled) : [],
    ...more,
  });

/** A case of the table by its name. @param {string} name */
const named = (name) => fixture.cases.find((/** @type {any} */ given) => given.name === name);

/** What the note says: ok, or code/reason. @param {string} text */
const verdict = (text) => {
  const note = new URLSearchParams(text.replace('sign-in-with-x/1?', ''));
  if (note.get('status') === '200' || note.has('response')) return 'ok';
  return [note.get('code'), note.get('error')].filter(Boolean).join('/');
};

describe('parity: the callback page judges every callback as the table says', () => {
  assert.ok(fixture.cases.length >= 40);
  for (const given of fixture.cases) {
    test(given.name, async () => {
      const expected = given.callbackPage ?? given.expect;
      const opened = await run(given);
      const { log, posts, messages, storage, place } = opened;
      const note = storage[NOTE];

      // B2: the address is clean before anything is read, sent or waited for, and the answer to it all comes at once.
      assert.deepEqual(log[0], ['replaceState', 'https://app.example/auth/x/callback']);
      assert.equal(log.filter(([what]) => what === 'replaceState').length, 1);

      // Whoever waits is told how it ended, or given the callback as it is.
      const keys = (/** @type {string[]} */ ...lists) => lists.flatMap((list) => given[list] ?? []).map((to) => PREFIX + filled(to));
      assert.deepEqual(Object.keys(messages).sort(), keys('told', 'handed', 'asked').sort());
      for (const key of keys('told')) assert.deepEqual(messages[key]?.map(verdict), [expected]);
      for (const key of keys('handed', 'asked')) {
        const [message, ...more] = messages[key] ?? [];
        assert.deepEqual(more, []);
        const passed = new URLSearchParams(message?.replace('sign-in-with-x/1?', ''));
        assert.equal(passed.get('v'), '1');
        // C3: a token has no business in a callback, and none on a channel, nor has OAuth 1.0a's verifier; what is too long for it is not sent either.
        const whole = filled(given.query) + filled(given.fragment);
        const hasToken = /(access_|id_)?token=/.test(whole) || whole.length > 8192;
        const sent = whole.includes('oauth_verifier=') ? '?' : hasToken ? '?token=' : (filled(given.query) || '?') + filled(given.fragment);
        assert.equal(passed.get('response'), sent);
      }
      // B8: what a killed browser leaves of a message can be told from a younger one.
      for (const message of Object.values(messages).flat()) {
        const age = now - Number(new URLSearchParams(message).get('created_at') ?? NaN);
        assert.ok(age <= 0 && age >= -10_000, message);
      }
      // C3: no verifier and no token in any message, and a code only where the page that waits has to exchange it.
      for (const message of Object.values(messages).flat()) assert.doesNotMatch(message, /canary-(verifier|token)/);
      for (const key of keys('told')) assert.doesNotMatch(messages[key]?.join() ?? '', /canary|SSSS|TTTT/);

      if (given.popup) {
        assert.ok(log.some(([what]) => what === 'close'));
        assert.equal(note, undefined);
        assert.equal(place.dataset.code, undefined);
      } else if (note !== undefined) {
        assert.equal(verdict(note), expected);
        assert.deepEqual(log.at(-1), ['leave', `https://app.example${fixture.record.return_to}`]);
      } else {
        // On the page there is room for the code only.
        assert.equal(place.dataset.code, expected.split('/')[0]);
        const links = place.children.filter(({ href }) => href);
        assert.equal(links.length, expected === 'state_missing' ? 1 : 2);
        assert.ok(place.children[0].textContent.length > 20);
        assert.ok(!log.some(([what]) => what === 'leave' || what === 'close'));
      }

      // A7: one exchange at most, of exactly these four, after the record is gone.
      const record = { ...fixture.record, ...given.stored.find((/** @type {any} */ it) => it.state === 'S')?.record };
      const exchanges = expected === 'ok' && record.finish !== 'handoff';
      assert.equal(posts.length, exchanges ? 1 : 0);
      if (exchanges) {
        const { url, init } = posts[0] ?? assert.fail();
        // Where the backend began it, it finishes it, beside that.
        const held = record.finish === 'start';
        assert.equal(url, held ? new URL(record.exchange.replace('start', 'exchange'), page).href : '/auth/x/exchange');
        const name = 'S'.repeat(43);
        const code = { code: given.code, ...(held ? { state: name } : { codeVerifier: record.code_verifier }), redirectUri: page, clientId: record.client_id };
        assert.deepEqual(JSON.parse(init.body), given.verifier ? { oauthToken: 'canary-request', oauthVerifier: given.verifier, state: name } : code);
        const order = log.map(([what, which]) => `${what} ${which}`);
        const removed = order.indexOf(`removeItem ${PREFIX}${'S'.repeat(43)}`);
        assert.ok(removed >= 0 && removed < order.indexOf(`fetch ${url}`));
        // A14: it begins at once, before the first turn of the event loop ends.
        assert.ok(opened.atOnce > order.indexOf(`fetch ${url}`));
      }

      // B8: nothing stays but the note, and what still waits for its own answer.
      const left = Object.keys(storage).filter((key) => key !== NOTE);
      assert.deepEqual(left.sort(), keys('left'));

      // B5: no note holds the code, the state, the verifier or a token; a host that finishes itself needs the query.
      const fields = new URLSearchParams(note);
      if (fields.has('response')) {
        assert.equal(fields.get('response'), filled(given.query));
        fields.delete('response');
      }
      assert.doesNotMatch(String(fields), /canary|SSSS|TTTT/);
    });
  }
});

describe('parity: what the backend answers becomes a note that the engine reads', () => {
  for (const given of fixture.notes) {
    test(given.name, async () => {
      const { storage, posts, log } = await run(named('A7 a code'), { answer: given.answer });
      assert.deepEqual(Object.fromEntries(new URLSearchParams(storage[NOTE])), given.note);
      assert.equal(posts.length, 1);
      assert.deepEqual(log.at(-1), ['leave', 'https://app.example/account?tab=1#top']);
    });
  }
});

describe('the callback page', () => {
  test('G3: the request is one that no other site can send, follows no redirect, and gives up', async () => {
    const { posts } = await run(named('A7 a code'));
    const { init } = posts[0] ?? assert.fail();
    assert.equal(init.method, 'POST');
    assert.equal(init.credentials, 'same-origin');
    assert.equal(init.redirect, 'error');
    assert.deepEqual({ ...init.headers }, { 'Content-Type': 'application/json', 'X-Requested-With': 'sign-in-with-x' });
    assert.ok(init.signal instanceof AbortSignal);
  });

  test('B2: with storage switched off it cleans the address, asks who waits, and says what is wrong', async () => {
    const { log, posts, place } = await run(named('A7 a code'), { storage: 'off' });
    assert.deepEqual(log[0], ['replaceState', 'https://app.example/auth/x/callback']);
    assert.equal(posts.length, 0);
    assert.equal(place.dataset.code, 'started_elsewhere');
  });

  test('S3 C1: with storage switched off a popup still reaches the page that waits', async () => {
    const { log, messages } = await run(named('A7 popup: a code'), { storage: 'off' });
    assert.deepEqual(Object.keys(messages), [PREFIX + 'S'.repeat(43)]);
    assert.ok(log.some(([what]) => what === 'close'));
  });

  test('C5: a popup that nobody waits for goes on as after a redirect', async () => {
    const { log, storage, posts, browser } = await run(named('A7 popup: a code'), { answers: [] });
    assert.deepEqual({ ...browser.shared.items }, {}, 'B8: nor in what all windows share');
    assert.equal(posts.length, 1);
    assert.deepEqual(Object.keys(storage), [NOTE]);
    assert.deepEqual(log.at(-1), ['leave', 'https://app.example/account?tab=1#top']);
    assert.ok(!log.some(([what]) => what === 'close'));
  });

  test('A14: before there is a body it exchanges already, and speaks later', async () => {
    const early = await run(named('A7 a code'), { early: true });
    assert.equal(early.posts.length, 1);
    const refused = await run(named('A5 no state'), { early: true });
    assert.equal(refused.place.dataset.code, 'state_missing');
  });

  test('B4: without a landing place it goes to the front page', async () => {
    const given = { ...named('A7 a code'), stored: [{ state: 'S', age: 0, record: { return_to: '' } }] };
    assert.deepEqual((await run(given)).log.at(-1), ['leave', 'https://app.example/']);
  });

  test('B4: a record that somebody else wrote leads nowhere else', async () => {
    for (const bad of ['javascript:alert(1)', 'https://evil.example/', '//evil.example', 'data:text/html,x']) {
      const given = { ...named('A7 a code'), stored: [{ state: 'S', age: 0, record: { return_to: bad } }] };
      assert.deepEqual((await run(given)).log.at(-1), ['leave', '/'], bad);
    }
  });

  test('A7: a second look at the same callback exchanges nothing', async () => {
    const first = await run(named('A7 a code'));
    const again = await run(named('A7 a code'), { entries: first.storage });
    assert.equal(again.posts.length, 0);
    assert.equal(again.place.dataset.code, 'started_elsewhere');
    assert.equal(again.storage[NOTE], first.storage[NOTE]);
  });

  test('A10: a state that is the name of another key finds no attempt', async () => {
    const { posts, storage } = await run({ query: '?code=c&state=outcome', stored: [] }, { entries: { [NOTE]: 'v=1&status=200' } });
    assert.equal(posts.length, 0);
    assert.deepEqual(storage, { [NOTE]: 'v=1&status=200' });
  });

  test('B6: X’s words reach the note as data and the page not at all', async () => {
    const { storage, place } = await run(named('B6 X’s error'));
    assert.equal(new URLSearchParams(storage[NOTE]).get('hint'), '<img src=x>');
    assert.equal(place.children.length, 0);
  });
});
