/**
 * G1 G12 A18 G5 G17: every way through the backend half, with every failure of X on it, for both kinds of App and wherever
 * sessions are kept; and then one look at all that was said, logged, kept and sent on the way.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { inspect } from 'node:util';
import { createHandler, memorySessions, redisSessions } from '../../www/src/server/index.js';
import { CLICK, FROM_X, browser } from './browser.mjs';
import { MARK, canary, formsOf, leak } from './canaries/forms.mjs';
import { FAILURES, PATHS, startX } from './canaries/x.mjs';
import { CALLBACK, ORIGIN } from './helpers.mjs';
import { startRedis } from './redis/server.mjs';

const CLIENT_SECRET = canary(':+%/=client');
const CONSUMER_SECRET = canary('consumer+/=%&');
const SECRET = `${canary('sealing')}${randomBytes(36).toString('base64url')}`;
const CLIENT = 'the-client';
const DUE = 2 * 3_600_000 - 30_000;

/** What is kept outside goes through `see`, where it must be sealed. */
const KEPT = {
  'a cookie': { options: async () => ({ secrets: SECRET }) },
  'memory, sealed': { options: async (_t, see) => ({ secrets: SECRET, sessions: watched(memorySessions(), see), sessionSeconds: 86_400 }) },
  'memory, as it is': { open: true, options: async () => ({ sessions: memorySessions(), sessionSeconds: 86_400 }) },
  Redis: {
    async options(t, see) {
      const { client } = await startRedis(t);
      const sendCommand = (command) => { see('sent to Redis', command.join('\n')); return client.sendCommand(command); };
      return { secrets: SECRET, sessions: redisSessions({ sendCommand }), sessionSeconds: 86_400 };
    },
  },
};

function watched(store, see) {
  return {
    ...store,
    set(...what) { see('given to the store', inspect(what, { depth: 9 })); return store.set(...what); },
    replace(...what) { see('given to the store', inspect(what, { depth: 9 })); return store.replace(...what); },
  };
}

/** All that leaves the backend, from here to the end of the test, each with where it was. */
function witness(t) {
  const seen = [];
  const see = (where, text) => void seen.push([where, text]);
  for (const method of ['debug', 'log', 'info', 'warn', 'error', 'trace', 'dir']) t.mock.method(console, method, (...args) => see(`console.${method}`, inspect(args, { depth: 9 })));
  for (const stream of ['stdout', 'stderr']) {
    const write = process[stream].write;
    t.mock.method(process[stream], 'write', function (chunk, ...rest) {
      see(stream, Buffer.from(chunk).toString('latin1'));
      return write.call(this, chunk, ...rest);
    });
  }
  return { seen, see, wrong: (where) => (error) => see(where, `${error}\n${error?.stack}\n${JSON.stringify(error)}\n${inspect(error, { depth: 9, showHidden: true })}`) };
}

/** The five ways to sign in. `back` is what X's page would say in the person's address. */
const WAYS = {
  async page(person) {
    return person.post('/auth/x/exchange', { code: canary('code'), codeVerifier: canary('page-verifier-'), redirectUri: CALLBACK, clientId: CLIENT });
  },
  async link(person) {
    const state = await person.begin('start', 'state');
    return state && person.ask(`${CALLBACK}?code=${canary('code')}&state=${state}`, { headers: FROM_X });
  },
  async posted(person) {
    const state = await person.begin('start', 'state');
    return state && person.post('/auth/x/exchange', { code: canary('code'), state, redirectUri: CALLBACK, clientId: CLIENT });
  },
  async oauth1(person) {
    const token = await person.begin('oauth1/start', 'oauth_token');
    return token && person.ask(`${CALLBACK}?oauth_token=${token}&oauth_verifier=${canary('oauth-verifier')}`, { headers: FROM_X });
  },
  async oauth1Posted(person) {
    const token = await person.begin('oauth1/start', 'oauth_token');
    return token && person.post('/auth/x/oauth1/exchange', { oauthToken: token, oauthVerifier: canary('oauth-verifier') });
  },
};

/** Whose failure is seen on which of them. @type {Record<string, string[]>} */
const ASKING = {
  '/token': ['page', 'link', 'posted'],
  '/user': ['page', 'link', 'oauth1'],
  '/refresh': ['page'],
  '/revoke': ['page'],
  '/oauth/request_token': ['oauth1'],
  '/oauth/access_token': ['oauth1', 'oauth1Posted'],
  '/1.1/account/verify_credentials.json': ['oauth1', 'oauth1Posted'],
};

function somebody(handler) {
  const person = browser(handler);
  return Object.assign(person, {
    /** @param {string} route @param {string} name of what X gives back */
    async begin(route, name) {
      const begun = await person.ask(`/auth/x/${route}?return_to=/inbox`, { headers: CLICK });
      return begun.status === 303 ? new URL(begun.headers.get('location')).searchParams.get(name) : undefined;
    },
    request: () => new Request(ORIGIN, { headers: { cookie: [...person.jar].map((pair) => pair.join('=')).join('; ') } }),
  });
}

/** Signs in, and again over it; uses and renews the token, and signs out. @returns the statuses */
async function visit(t, handler, way, times, { see, wrong }) {
  const person = somebody(handler);
  const statuses = [];
  const cookies = new Set();
  for (let count = 0; count < times; count += 1) {
    statuses.push((await WAYS[way](person))?.status);
    [...person.jar.values()].forEach((value) => cookies.add(value));
  }
  statuses.push((await person.session()).status);
  for (const later of [DUE, 60_000]) {
    await handler.accessToken(person.request()).catch(wrong('thrown to the host'));
    t.mock.timers.tick(later);
  }
  statuses.push((await person.post('/auth/x/signout')).status);
  see('answered', person.said.join('\n'));
  for (const cookie of cookies) {
    see('a cookie', cookie);
    for (const part of cookie.split('.')) see('a cookie, decoded', Buffer.from(part, 'base64url').toString('latin1'));
  }
  return { statuses, cookies };
}

test('G12: the search finds a secret in every shape', () => {
  const secret = canary('secret');
  const shapes = [
    secret, `x${secret}`, btoa(secret), btoa(`a:${secret}`), btoa(`ab:${secret}z`), Buffer.from(`id:${secret}`).toString('base64url'),
    Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('hex').toUpperCase(), encodeURIComponent(secret), encodeURIComponent(btoa(`abc${secret}`)),
  ];
  for (const shape of shapes) assert.ok(leak(`before ${shape} after`), shape);
  assert.equal(leak('nothing KaNaRi E7x'), undefined);
  assert.deepEqual(formsOf('a b/é').slice(0, 4), ['a b/é', 'a%20b%2F%C3%A9', 'a%20b%2f%c3%a9', 'a%2520b%252F%25C3%25A9']);
});

for (const [where, { options, open = false }] of Object.entries(KEPT)) {
  for (const kind of ['public', 'confidential']) {
    test(`G1 G5 G12 G16 G17 A18: sessions in ${where}, a ${kind} App: whatever X does, no secret is in what is said, logged, kept or asked`, async (t) => {
      t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
      const eye = witness(t);
      const { seen, see, wrong } = eye;
      const x = await startX(t);
      const given = await options(t, see);
      const working = [];
      const backend = (email) => createHandler({
        ...given,
        clientId: CLIENT,
        clientSecret: kind === 'confidential' ? CLIENT_SECRET : undefined,
        redirectUris: [CALLBACK],
        origin: ORIGIN,
        scopes: 'users.read tweet.read offline.access',
        oauth1: open ? undefined : { consumerKey: 'the-consumer-key', consumerSecret: CONSUMER_SECRET, email },
        endpoints: x.endpoints,
        onError: wrong('told to the host'),
        waitUntil: (work) => { working.push(work.then((value) => see('waited for', inspect(value, { depth: 9 })), wrong('waited for'))); },
      });
      const ids = new Set();
      const went = async (way, { email = false, times = 1 } = {}) => {
        const { statuses, cookies } = await visit(t, backend(email), way, times, eye);
        cookies.forEach((cookie) => ids.add(cookie));
        return statuses;
      };

      for (const way of open ? ['page'] : Object.keys(WAYS)) {
        for (const email of way.startsWith('oauth1') ? [false, true] : [false]) assert.deepEqual(await went(way, { email, times: 2 }), [200, 200, 200, 204], way);
      }
      await Promise.all(working);
      const asked = new Set(x.seen.map(({ path }) => path));
      const ofOAuth1 = (path) => /^\/(oauth|1\.1)\//.test(path);
      assert.deepEqual(PATHS.filter((path) => !asked.has(path)), PATHS.filter((path) => (open && ofOAuth1(path)) || (where === 'a cookie' && path === '/refresh')), 'every request to X was made');
      const kept = where === 'Redis' ? 'sent to Redis' : 'given to the store';
      assert.equal(seen.some(([at]) => at === kept), where === 'Redis' || where === 'memory, sealed');

      // Another try has a second, so those that nobody waits for fail in turn.
      let turn = 0;
      const inTurn = (all) => Object.values(FAILURES)[(turn += 1) % Object.keys(FAILURES).length](all);
      for (const path of asked) {
        for (const [name, how] of path === '/revoke' ? Object.keys(FAILURES).map((each) => [each, inTurn]) : Object.entries(FAILURES)) {
          x.fail(path, how);
          for (const way of open ? ['page'] : ASKING[path]) {
            const statuses = await went(way, { email: path.startsWith('/1.1'), times: path === '/revoke' ? 2 : 1 });
            assert.equal(statuses.at(-1), 204, `${path} ${name} ${way}: a sign-out never waits for X`);
            if (name.startsWith('a redirect') && path !== '/refresh' && path !== '/revoke') assert.ok(statuses[0] === undefined || statuses[0] === 502, `${path} ${way} ${statuses}`);
          }
        }
        await Promise.all(working);
        x.fail();
      }
      assert.ok(turn === 0 || turn > Object.keys(FAILURES).length);

      assert.equal(x.stolen(), 0, 'G5: no redirect was followed');
      for (const { url } of x.seen) see('an address at X', url);
      for (const [at, text] of seen) assert.equal(leak(text), undefined, `${at}`);
      const verifiers = x.seen.map(({ body }) => new URLSearchParams(body).get('code_verifier')).filter((verifier) => verifier && !verifier.includes(MARK));
      assert.equal(verifiers.length > 0, !open);
      const everything = seen.map(([, text]) => text).join('\n');
      for (const verifier of verifiers) assert.equal(leak(everything, verifier), undefined, 'a verifier of the backend’s own');
      // Whoever has one is signed in.
      const spoken = seen.filter(([at]) => !at.startsWith('a cookie') && at !== 'answered').map(([, text]) => text).join('\n');
      if (!open && where !== 'memory, sealed') for (const id of ids) assert.ok(!spoken.includes(id.split('.')[0]), 'the name of a session in a log, a store or an address');
      // OAuth 1.0a signs with its secrets, and sends none; OAuth 2.0 names its secret in one header only.
      for (const { authorization, body, path } of x.seen) {
        assert.ok(![CONSUMER_SECRET, 'token-secret-', 'request-secret-'].some((secret) => authorization.includes(secret) || decodeURIComponent(authorization).includes(secret) || body.includes(encodeURIComponent(secret))), path);
        assert.ok(!new URLSearchParams(body).has('client_secret') && (kind === 'confidential') === authorization.startsWith('Basic ') || !['/token', '/refresh', '/revoke'].includes(path), path);
      }
    });
  }
}
