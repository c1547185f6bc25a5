/** requests-oauthlib on oauthlib, in Python: another language's idea of both protocols. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { pythonWithClients } from '../../../www/tools/setup/python.mjs';
import { CALLBACK, SPA, start, WEB } from '../helpers.mjs';
import { APP1 } from '../oauth1.mjs';

const ADA = { id: '4503599627370495', name: 'Ada Example', username: 'ada_example' };

/** @param {string} script beside this file; what it prints */
async function run(script, simulator, id, secret) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  // Not there: `npm run setup`.
  const { stdout } = await promisify(execFile)(pythonWithClients(), [path, simulator.apiUrl, simulator.url, id, secret, CALLBACK]);
  return JSON.parse(stdout);
}

test('G9 K: requests-oauthlib signs somebody in, reads who it is and ends the token', async (t) => {
  const simulator = await start(t, { apps: [APP1], clock: Date.now, autoApprove: 'ada_example' });
  const { consumerKey, consumerSecret } = APP1.oauth1;
  const { tokens, credentials, level, me, ended, after } = await run('./sign_in_oauth1.py', simulator, consumerKey, consumerSecret);
  assert.deepEqual([tokens, credentials.screen_name, credentials.email, level], ['ada_example', 'ada_example', 'ada@example.com', 'read']);
  assert.deepEqual(me.data, ADA);
  assert.deepEqual([ended, after], [200, 401]);
});

for (const [kind, { clientId, clientSecret = '' }] of Object.entries({ public: SPA, confidential: { ...WEB, clientId: 'web-client', clientSecret: 'its-secret' } })) {
  test(`A2 A21 G6 G11 K: requests-oauthlib signs somebody in by OAuth 2.0 with PKCE, refreshes and revokes, as a ${kind} client`, async (t) => {
    const simulator = await start(t, { apps: [SPA, { ...WEB, clientId: 'web-client', clientSecret: 'its-secret' }], clock: Date.now, autoApprove: 'ada_example' });
    const { me, ...rest } = await run('./sign_in_oauth2.py', simulator, clientId, clientSecret);
    assert.deepEqual(me.data, ADA);
    assert.deepEqual(rest, {
      scope: ['offline.access', 'tweet.read', 'users.read'],
      rotated: true,
      renewed: 200,
      refused: 'Value passed for the token was invalid.',
      ended: [200, { revoked: true }],
      after: 401,
    });
  });
}
