/** B4: wherever a page asks to land, the person lands on its own site. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from './harness/scenario.mjs';
import { hostPage, useBrowser } from './harness.mjs';

const world = useBrowser();

const { hostile } = JSON.parse(readFileSync(new URL('../fixtures/return-to.json', import.meta.url), 'utf8'));

test(`B4: ${hostile.length} hostile landing places, as this browser resolves them`, async (t) => {
  const here = await world(t, {
    pages: (path, config) =>
      path === '/host' ? { body: hostPage(config, [], { body: `<script type="module">import * as all from '/pkg/index.js'; window.sdk = all; window.config = ${JSON.stringify(config)};</script>` }) } : undefined,
  });
  const { driver, demo, witness } = here;
  await driver.get(`${demo.url}/host`);
  await driver.wait(() => driver.executeScript('return Boolean(window.sdk)').catch(() => false), 15_000);
  const landed = await witness.inPage(
    `async (values) => {
    const { createSignIn, init } = window.sdk;
    await init();
    const { clientId, redirectUri, authorize } = window.config;
    const client = createSignIn({ clientId, redirectUri, endpoints: { authorize } });
    return values.map((returnTo) => {
      sessionStorage.clear();
      client.authorizationUrl({ returnTo });
      const kept = new URLSearchParams(Object.values(sessionStorage)[0]).get('return_to');
      sessionStorage.clear();
      const to = new URL(kept, location.origin);
      return { kept, origin: to.origin, protocol: to.protocol };
    });
  }`,
    hostile.map((/** @type {[value: string, why: string]} */ [value]) => value.replaceAll('https://app.example', demo.url)),
  );
  assert.equal(landed.length, hostile.length);
  for (const [index, { kept, origin }] of landed.entries()) {
    assert.equal(origin, demo.url, JSON.stringify(hostile[index]));
    assert.equal(kept, '/', JSON.stringify(hostile[index]));
  }
});

for (const returnTo of ['https://evil.example/', '//evil.example', '/\\\\evil.example', 'javascript:alert(1)', '/%09/evil.example']) {
  test(`B4: a redirect with the landing place ${returnTo} ends on the site`, async (t) => {
    const here = await world(t, { pages: (path, config) => (path === '/host' ? { body: hostPage(config, [{ flow: 'redirect', 'return-to': returnTo }]) } : undefined), expected: [/404/] });
    const { driver, demo, simulator, person } = here;
    simulator.control.autoApprove('ada_example');
    await driver.get(`${demo.url}/host`);
    await driver.wait(() => driver.executeScript(`return Boolean(document.querySelector('#x0')?.shadowRoot)`).catch(() => false), 15_000);
    await driver.findElement({ id: 'x0' }).click();
    await driver.wait(async () => !/host|callback|authorize/.test(await driver.getCurrentUrl()), 15_000, 'waiting for the landing');
    const { origin } = new URL(await driver.getCurrentUrl());
    assert.equal(origin, demo.url);
    if (new URL(await driver.getCurrentUrl()).pathname === '/') assert.equal(await person.greeting(), '@ada_example');
  });
}
