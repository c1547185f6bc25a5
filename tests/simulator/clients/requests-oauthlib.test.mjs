/** requests-oauthlib on oauthlib, in Python: another language's idea of OAuth 1.0a. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { pythonWithClients } from '../../../www/tools/setup/python.mjs';
import { CALLBACK, start } from '../helpers.mjs';
import { APP1 } from '../oauth1.mjs';

test('G9 K: requests-oauthlib signs somebody in, reads who it is and ends the token', async (t) => {
  const simulator = await start(t, { apps: [APP1], clock: Date.now, autoApprove: 'ada_example' });
  const { consumerKey, consumerSecret } = APP1.oauth1;
  const script = fileURLToPath(new URL('./sign_in.py', import.meta.url));
  // Not there: `npm run setup`.
  const { stdout } = await promisify(execFile)(pythonWithClients(), [script, simulator.apiUrl, simulator.url, consumerKey, consumerSecret, CALLBACK]);
  const { tokens, credentials, level, me, ended, after } = JSON.parse(stdout);
  assert.deepEqual([tokens, credentials.screen_name, credentials.email, level], ['ada_example', 'ada_example', 'ada@example.com', 'read']);
  assert.deepEqual(me.data, { id: '4503599627370495', name: 'Ada Example', username: 'ada_example' });
  assert.deepEqual([ended, after], [200, 401]);
});
