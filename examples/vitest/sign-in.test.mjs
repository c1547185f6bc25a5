/** The site's sign-in: in each test a simulator of X, the site and a browser of its own. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { startSimulator } from 'sign-in-with-x/simulator';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openBrowser } from './person.mjs';
import { createSite } from './site.mjs';

const oauth1 = { consumerKey: 'the-key-of-the-site', consumerSecret: 'the-secret-of-the-site' };
const ada = { id: '101', username: 'ada_example', name: 'Ada' };
const noor = { id: '102', username: 'noor_example', name: 'Noor' };

/** @param {import('sign-in-with-x/simulator').SimulatorOptions} [options] */
async function start(options) {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;

  const app = { clientId: 'my-site', type: 'spa', name: 'My Site', redirectUris: [`${origin}/auth/x/callback`], oauth1 };
  const x = await startSimulator({ apps: [app], accounts: [ada, noor], ...options });
  onTestFinished(() => x.close());

  const endpoints = {
    authorize: `${x.url}/i/oauth2/authorize`,
    token: `${x.apiUrl}/2/oauth2/token`,
    user: `${x.apiUrl}/2/users/me`,
    revoke: `${x.apiUrl}/2/oauth2/revoke`,
    oauth1: x.url,
  };
  server.on('request', createSite({ origin, clientId: app.clientId, secret: randomBytes(32).toString('base64'), oauth1, endpoints }));
  return { x, origin };
}

test('whoever allows it is signed in, also after a reload', async () => {
  const { x, origin } = await start();
  const person = await openBrowser(origin);
  await person.reads('Nobody is signed in');
  await person.pressTheButton();
  await person.decide('authorize');
  await person.reads('Signed in as @ada_example');
  await person.reload();
  await person.reads('Signed in as @ada_example');
  expect(x.control.counts()).toMatchObject({ tokenExchanges: 1 });
});

test('whoever cancels is not signed in', async () => {
  const { x, origin } = await start();
  const person = await openBrowser(origin);
  await person.pressTheButton();
  await person.decide('cancel');
  await person.reads('Not this time');
  await person.reload();
  await person.reads('Nobody is signed in');
  expect(x.control.tokens()).toEqual([]);
});

test('X’s rate limit is told, and the next try works', async () => {
  const { origin } = await start({ faults: [{ kind: 'rate_limit', resetInSeconds: 60 }] });
  const person = await openBrowser(origin);
  await person.pressTheButton();
  await person.decide('authorize');
  await person.reads('X is busy, please try again later');
  await person.pressTheButton();
  await person.decide('authorize');
  await person.reads('Signed in as @ada_example');
});

test('a session ends after two hours, as X’s token does', async () => {
  const { now } = Date;
  const { x, origin } = await start({ clock: () => Date.now() });
  const person = await openBrowser(origin);
  await person.pressTheButton();
  await person.decide('authorize');
  await person.reads('Signed in as @ada_example');

  const after = (minutes) => vi.spyOn(Date, 'now').mockImplementation(() => now() + minutes * 60_000);
  after(119);
  await person.reload();
  await person.reads('Signed in as @ada_example');
  expect(x.control.tokens()).toMatchObject([{ live: true }]);
  after(121);
  await person.reload();
  await person.reads('Nobody is signed in');
  expect(x.control.tokens()).toMatchObject([{ live: false }]);
});

test('after a sign-out somebody else can sign in', async () => {
  const { x, origin } = await start();
  const person = await openBrowser(origin);
  await person.pressTheButton();
  await person.decide('authorize');
  await person.reads('Signed in as @ada_example');
  await person.signOut();
  await person.reads('Nobody is signed in');
  await person.pressTheButton();
  await person.decide('authorize', 'noor_example');
  await person.reads('Signed in as @noor_example');
  expect(x.control.tokens().filter(({ live }) => live)).toMatchObject([{ username: 'noor_example' }]);
});

test('"Log in with X" by OAuth 1.0a', async () => {
  const { x, origin } = await start();
  const person = await openBrowser(`${origin}/log-in`);
  await person.pressTheButton();
  await person.decide('authorize');
  await person.reads('Signed in as @ada_example');
  expect(x.control.tokens()).toMatchObject([{ kind: 'oauth1', username: 'ada_example' }]);
});
