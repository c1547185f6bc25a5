/** A14: X's code lives thirty seconds; the callback page presents it before anything else. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { FLOWS, useBrowser } from './harness.mjs';

const world = useBrowser();

/** Milliseconds from the callback's own request to the exchange. */
const LIMIT = 3000;

/**
 * A slow 3G network and a processor at a sixth of its speed, where the engine can be told (Chromium, by window).
 * @param {import('./harness/world.mjs').World} here
 */
async function slowDown({ engine, driver }) {
  if (!engine.devTools) return;
  const chrome = /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver);
  await chrome.sendDevToolsCommand('Network.enable', {});
  await chrome.sendDevToolsCommand('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 });
  await chrome.sendDevToolsCommand('Emulation.setCPUThrottlingRate', { rate: 6 });
}

for (const flow of FLOWS) {
  test(`A14 E1: by ${flow} the exchange begins at once, on a slow device, without the engine`, async (t) => {
    const here = await world(t);
    const { person, witness, demo } = here;
    await person.visit();
    await person.press(flow);
    await slowDown(here);
    await person.approve('ada_example');
    assert.equal(await person.greeting(), '@ada_example');

    await witness.quiet();
    const at = (/** @type {(request: { method: string, url: string }) => boolean} */ wanted) => witness.requests.findIndex(wanted);
    const callback = at(({ url }) => url.startsWith(`${demo.url}/auth/x/callback?`));
    const exchange = at(({ method, url }) => method === 'POST' && url === `${demo.url}/auth/x/exchange`);
    assert.ok(callback >= 0 && exchange > callback);
    const [began = NaN, posted = NaN] = [witness.requests[callback]?.at, witness.requests[exchange]?.at];
    t.diagnostic(`${Math.round(posted - began)} ms from the callback to the exchange`);
    assert.ok(posted - began < LIMIT, `${posted - began} ms`);
    const between = witness.requests.slice(callback + 1, exchange).map(({ url }) => url);
    assert.deepEqual(between.filter((url) => /\.wasm|index|chunk|define/.test(url)), [], 'nothing else of the package is needed first');
  });
}
