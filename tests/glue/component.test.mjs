// What the components of all frameworks share: one client, and what it has found out.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { createSSRApp, h } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';
import { open } from '../../www/src/component.js';
import { createSignIn } from '../../www/src/index.js';
import { SignInWithX } from '../../www/src/react.js';
import { SignInWithX as SignInWithXOfVue } from '../../www/src/vue.js';
import { page, ready } from './engine.mjs';

const options = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };
const userOf = (/** @type {string} */ username) => ({ id: '1', username, name: username, profileImageUrl: 'https://pbs.twimg.com/a.png' });

before(ready);

/**
 * A backend whose answers wait until they are let go.
 * @param {import('node:test').TestContext} t
 */
function backend(t) {
  /** @type {Record<string, (body?: object) => void>} */
  const answer = {};
  t.mock.method(globalThis, 'fetch', (/** @type {string} */ url) => new Promise((resolve) => {
    answer[String(url).split('/').at(-1) ?? ''] = (body) => resolve(body ? Response.json(body) : new Response(null, { status: 204 }));
  }));
  return answer;
}

/** @param {Partial<import('../../www/types/component.d.ts').UseSignInOptions>} [more] */
function opened(more) {
  /** @type {(string | null)[]} who is shown, each time that changes */
  const shown = [];
  const one = open({ ...options, ...more }, ({ session }) => session !== undefined && shown.push(session?.user?.username ?? null));
  return { ...one, shown };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

test('F10: who was signed in is not shown again after a sign-out, however late the answer comes', async (t) => {
  page(t);
  const answer = backend(t);
  const { shown, signOut, end } = opened({ restore: true });
  await soon();
  const out = signOut();
  await soon();
  answer.signout?.();
  await out;
  answer.session?.({ user: userOf('ada'), scopes: [] });
  await soon();
  assert.deepEqual(shown, [null]);
  end();
});

test('F10: a slow sign-out does not take who has signed in since, nor does a slow answer', async (t) => {
  const { location } = page(t);
  const answer = backend(t);
  // Begun on the page before this one.
  const state = new URL(createSignIn(options).authorizationUrl()).searchParams.get('state');
  location.href = `${options.redirectUri}?state=${state}&code=abc`;
  const { shown, signOut, end } = opened();
  await soon();
  const out = signOut();
  await soon();
  answer.exchange?.({ user: userOf('grace'), scopes: [] });
  await soon();
  answer.signout?.();
  await out;
  assert.deepEqual(shown, ['grace']);
  end();
});

test('F10: who was signed in is shown when the backend says so', async (t) => {
  page(t);
  const answer = backend(t);
  const { shown, end } = opened({ restore: true });
  await soon();
  answer.session?.({ user: userOf('ada'), scopes: [] });
  await soon();
  assert.deepEqual(shown, ['ada']);
  end();
});

test('A13: a secret among the components’ attributes is refused, and not written into a server’s page', async () => {
  const refused = { code: 'invalid_config', reason: 'secret' };
  for (const name of ['clientSecret', 'client-secret', 'clientsecret']) {
    const props = { ...options, [name]: 'canary' };
    assert.throws(() => renderToString(createElement(SignInWithX, props)), refused, name);
    await assert.rejects(renderVue(createSSRApp({ render: () => h(SignInWithXOfVue, props) })), refused, name);
  }
  assert.match(renderToString(createElement(SignInWithX, options)), /client-id="client"/);
});
