/**
 * twitter-api-v2, which calls https://api.x.com and nothing else. Its connections are led to the simulator, in plain
 * text; the requests say Host: api.x.com and are signed for it, so the simulator is told of that origin.
 */
import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { test } from 'node:test';
import { TwitterApi } from 'twitter-api-v2';
import { CALLBACK, start } from '../helpers.mjs';
import { APP1, openLevelConsent } from '../oauth1.mjs';

async function begin(t) {
  const simulator = await start(t, { apps: [APP1], signatureOrigins: ['https://api.x.com'], clock: Date.now });
  const httpAgent = new Agent({ keepAlive: false });
  httpAgent.createConnection = () => connect(Number(new URL(simulator.apiUrl).port), '127.0.0.1');
  const { consumerKey: appKey, consumerSecret: appSecret } = APP1.oauth1;
  const client = (token = {}) => new TwitterApi({ appKey, appSecret, ...token }, { httpAgent });
  return { simulator, client };
}

/** What the person does with the address that the client made. */
async function approve(simulator, address) {
  const { pathname, searchParams } = new URL(address);
  return (await openLevelConsent(simulator, searchParams.get('oauth_token'), { path: pathname })).press('approve', 'noor_example');
}

test('G9 K: twitter-api-v2 signs somebody in with OAuth 1.0a and reads who it is', async (t) => {
  const { simulator, client } = await begin(t);
  const link = await client().generateAuthLink(CALLBACK, { linkMode: 'authorize' });
  assert.equal(link.oauth_callback_confirmed, 'true');
  const back = new URL((await approve(simulator, link.url)).headers.get('location'));
  assert.equal(back.searchParams.get('oauth_token'), link.oauth_token);
  const { client: user, userId, screenName } = await client({ accessToken: link.oauth_token, accessSecret: link.oauth_token_secret }).login(back.searchParams.get('oauth_verifier'));
  assert.deepEqual([userId, screenName], ['1912345678901234567', 'noor_example']);
  assert.equal((await user.v2.me({ 'user.fields': ['profile_image_url'] })).data.username, 'noor_example');
  const me = await user.v1.verifyCredentials({ include_email: true });
  assert.deepEqual([me.id_str, me.screen_name], ['1912345678901234567', 'noor_example']);
});

test('G9 K: twitter-api-v2 signs in with a PIN, and understands X’s refusals', async (t) => {
  const { simulator, client } = await begin(t);
  const link = await client().generateAuthLink();
  const pin = /id="pin">(\d{7})</.exec(await (await approve(simulator, link.url)).text())[1];
  const step = client({ accessToken: link.oauth_token, accessSecret: link.oauth_token_secret });
  assert.equal((await step.login(pin)).screenName, 'noor_example');
  await assert.rejects(step.login(pin), (error) => error.code === 401 && error.hasErrorCode(89));
  await assert.rejects(client().generateAuthLink('https://evil.example'), (error) => error.code === 403 && error.hasErrorCode(415));
});
