/** A link is a whole sign-in: without a script of ours, and in a browser that runs none. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createHandler } from 'sign-in-with-x/server';
import { toNodeListener } from 'sign-in-with-x/server/node';
import { startSimulator } from '../../www/simulator/index.js';
import { useBrowser } from './harness.mjs';
import { person as inFrontOf } from './harness/person.mjs';
import { test } from './harness/scenario.mjs';

const world = useBrowser();
/** No script runs; what the browser itself writes of prefetches that begin nothing, of a refusal, and of icons. */
const WITHOUT = { javascript: false, expected: [/start - Failed to load resource: the server responded with a status of 425/, /evil\.example - Failed to load resource: the server responded with a status of 400/, /favicon\.ico/] };

const STARTS = ['/auth/x/start', '/auth/x/oauth1/start'];
const links = STARTS.map((start) => `<link rel="prefetch" href="${start}"><a href="${start}?return_to=%2Fplain%3Fdone">${start}</a>`);
const PLAIN = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Plain</title><link rel="icon" href="data:,">${links.join('')}</html>`;

/** A site with links, whose backend answers X itself. @param {import('node:test').TestContext} t */
async function site(t) {
  /** @type {(string | undefined)[]} */
  const begun = [];
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/auth/x/')) {
      response.on('finish', () => response.statusCode === 303 && begun.push(request.url?.split('?')[0]));
      return listener(request, response);
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(PLAIN);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;
  const simulator = await startSimulator({ port: 0, apps: [{ clientId: 'links', name: 'Links', type: 'spa', redirectUris: [`${origin}/auth/x/callback`] }] });
  const { consumerKey, consumerSecret } = /** @type {{ consumerKey: string, consumerSecret: string }} */ (simulator.apps[0]?.oauth1);
  const listener = toNodeListener(
    createHandler({
      clientId: 'links',
      redirectUris: [`${origin}/auth/x/callback`],
      origin,
      secrets: randomBytes(32).toString('base64'),
      oauth1: { consumerKey, consumerSecret },
      endpoints: {
        authorize: `${simulator.url}/i/oauth2/authorize`,
        token: `${simulator.apiUrl}/2/oauth2/token`,
        user: `${simulator.apiUrl}/2/users/me`,
        oauth1: simulator.url,
      },
    }),
  );
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await simulator.close();
  });
  return { origin, simulator, begun };
}

for (const [name, start] of [['OAuth 2.0', STARTS[0]], ['OAuth 1.0a', STARTS[1]]]) {
  test(`F11 G9 G10: a link signs in by ${name} without JavaScript, and a prefetch does not`, async (t) => {
    const { driver } = await world(t, WITHOUT);
    const { origin, simulator, begun } = await site(t);
    const person = inFrontOf(driver, origin);
    await driver.get(`${origin}/plain`);
    await driver.findElement({ css: `a[href^="${start}"]` }).click();
    await person.approveIn(await driver.getWindowHandle(), 'ada_example');
    await driver.wait(async () => (await driver.getCurrentUrl()) === `${origin}/plain?done`, 15_000, 'the page that the link named');
    assert.deepEqual([begun, simulator.control.counts().userRequests], [[start], 1], 'the clicked one, and no other');
    await driver.get(`${origin}/auth/x/session`);
    assert.match(await driver.getPageSource(), /ada_example/);
  });
}

test('B9 F3: what the backend itself shows is dressed, under its own policy', async (t) => {
  const { driver } = await world(t, WITHOUT);
  const { origin } = await site(t);
  await driver.get(`${origin}/auth/x/start?redirect_uri=https%3A%2F%2Fevil.example`);
  assert.equal(await driver.findElement({ css: 'h1' }).getText(), 'The sign-in did not work');
  const link = await driver.findElement({ css: 'a' });
  assert.equal(await link.getText(), 'Go on');
  assert.equal(await link.getCssValue('text-decoration-line'), 'none', 'the stylesheet counts');
  await link.click();
  await driver.wait(async () => (await driver.getCurrentUrl()) === `${origin}/`, 15_000, 'the site');
});
