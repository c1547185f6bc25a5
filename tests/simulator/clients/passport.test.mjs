/** passport-twitter on node-oauth: signs for the address that it is given, and asks verify_credentials who it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Strategy } from 'passport-twitter';
import { CALLBACK, start } from '../helpers.mjs';
import { APP1, openLevelConsent } from '../oauth1.mjs';

function strategyFor({ url, apiUrl }) {
  const { consumerKey, consumerSecret } = APP1.oauth1;
  return new Strategy(
    {
      consumerKey,
      consumerSecret,
      callbackURL: CALLBACK,
      includeEmail: true,
      requestTokenURL: `${apiUrl}/oauth/request_token`,
      accessTokenURL: `${apiUrl}/oauth/access_token`,
      userAuthorizationURL: `${url}/oauth/authenticate`,
      userProfileURL: `${apiUrl}/1.1/account/verify_credentials.json`,
    },
    (_token, _secret, profile, done) => done(null, profile),
  );
}

/** What passport does with a strategy: one call, and one of its five ways to end. */
const authenticate = (strategy, session, query = {}) =>
  new Promise((resolve, reject) => {
    const outcome = Object.create(strategy);
    Object.assign(outcome, {
      redirect: (address) => resolve({ redirect: address }),
      success: (user) => resolve({ user }),
      fail: (challenge) => resolve({ fail: challenge ?? true }),
      error: reject,
    });
    outcome.authenticate({ query, session, headers: {}, connection: {} }, {});
  });

test('G7 G9 K: passport-twitter signs somebody in, with their address', async (t) => {
  const simulator = await start(t, { apps: [APP1], clock: Date.now });
  const [strategy, session] = [strategyFor(simulator), {}];
  const { redirect } = await authenticate(strategy, session);
  const oauth_token = new URL(redirect).searchParams.get('oauth_token');
  const back = new URL((await (await openLevelConsent(simulator, oauth_token, { path: '/oauth/authenticate' })).press('approve')).headers.get('location'));
  const { user } = await authenticate(strategy, session, Object.fromEntries(back.searchParams));
  assert.deepEqual([user.id, user.username, user.emails], ['4503599627370495', 'ada_example', [{ value: 'ada@example.com' }]]);
});

test('G9 K: passport-twitter understands `denied`', async (t) => {
  const simulator = await start(t, { apps: [APP1], clock: Date.now });
  const [strategy, session] = [strategyFor(simulator), {}];
  simulator.control.autoCancel(true);
  const oauth_token = new URL((await authenticate(strategy, session)).redirect).searchParams.get('oauth_token');
  const back = new URL((await openLevelConsent(simulator, oauth_token)).response.headers.get('location'));
  assert.ok((await authenticate(strategy, session, Object.fromEntries(back.searchParams))).fail);
});
