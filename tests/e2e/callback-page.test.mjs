/** The callback page on its own: what it is served with, and what it says when it cannot go on. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { useBrowser } from './harness.mjs';

const world = useBrowser();

test('B1: it is served with headers that keep the code to itself, and names nobody else', async (t) => {
  const { demo } = await world(t);
  const response = await fetch(`${demo.url}/auth/x/callback?code=c&state=s`);
  assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const policy = String(response.headers.get('content-security-policy'));
  assert.match(policy, /default-src 'none'; script-src 'self';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(policy, /require-trusted-types-for 'script'; trusted-types 'none'/);
  const html = await response.text();
  assert.doesNotMatch(html, /https?:|\/\//);
  // Nothing is loaded before the script that clears the address.
  const resources = [...html.matchAll(/\b(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
  assert.equal(resources[0], '/pkg/callback.js');
});

test('B9: opened by itself, it says that there is nothing to end, and leads back', async (t) => {
  const { driver, demo, person } = await world(t);
  await driver.get(`${demo.url}/auth/x/callback`);
  assert.equal(await person.callbackNotice(), 'state_missing');
  await person.backToSite();
  assert.equal(await driver.getCurrentUrl(), `${demo.url}/`);
});

test('B9: without JavaScript it says so, and leads back', async (t) => {
  const { driver, demo } = await world(t, { javascript: false });
  await driver.get(`${demo.url}/auth/x/callback?code=c&state=s`);
  const link = await driver.findElement({ css: 'noscript a' });
  assert.equal(await link.isDisplayed(), true);
  assert.equal(await link.getText(), 'Back to the site');
});

test('B2: the address is clean before the code is exchanged', async (t) => {
  const { driver, demo, person, simulator } = await world(t);
  simulator.control.fault('delay_ms', { ms: 3000 });
  await person.visit();
  await person.press('redirect');
  await person.approve('ada_example');
  // The backend is still waiting for X, and the callback page for the backend.
  await driver.wait(() => simulator.control.counts().tokenExchanges === 1, 10_000);
  assert.equal(await driver.getCurrentUrl(), `${demo.url}/auth/x/callback`);
  assert.equal(await person.greeting(), '@ada_example');
});

test('C5 B9: a popup that may not close itself says that it can be closed', async (t) => {
  const { driver, demo, person, witness } = await world(t);
  await person.visit();
  await person.press('popup');
  // Only the next document counts: this one, of X, is left by the click.
  await witness.beforeEachPage('() => { window.close = () => {}; }');
  await person.approve('ada_example');
  assert.equal(await person.greeting(), '@ada_example');
  await driver.switchTo().window(await person.popup());
  assert.equal(await driver.getCurrentUrl(), `${demo.url}/auth/x/callback`);
  assert.match(String(await driver.executeScript(`return document.querySelector('#sign-in-with-x-status').innerText`)), /You can close this window/);
});
