/**
 * A person on the page of a project: sees the button, clicks it, approves at X, and is greeted.
 * @module
 */

import assert from 'node:assert/strict';
import { person } from '../../e2e/harness/person.mjs';
import { openWatched } from '../../e2e/harness/witness.mjs';

/** Milliseconds until the greeting. */
const GREETS = 30_000;

/**
 * @param {Awaited<ReturnType<typeof import('../../e2e/harness/driver.mjs').startDriver>>} browser
 * @param {{ origin: string, simulator: import('../../../www/simulator/index.js').Simulator, answers: import('./site.mjs').Answer[], after?: (driver: import('selenium-webdriver').WebDriver) => Promise<void> }} stage
 *   `after`: what else is done when somebody is signed in
 */
export async function visit(browser, { origin, simulator, answers, after }) {
  const { driver, witness, close } = await openWatched(browser);
  try {
    const { approvals = 0 } = simulator.control.counts();
    const who = person(driver, origin);
    await who.arrive(`/?authorize=${encodeURIComponent(`${simulator.url}/i/oauth2/authorize`)}`);
    await who.drawn();
    await witness.quiet();
    // What a visitor has downloaded who does not sign in.
    const brotli = answers.filter(({ path, type }) => /javascript|wasm/.test(type) || path.endsWith('.wasm')).reduce((sum, answer) => sum + answer.brotli, 0);
    await who.looksAway();
    const popup = await who.opens(() => driver.findElement({ css: 'sign-in-with-x' }).click());
    await who.approveIn(popup, 'ada_example');
    await who.home();
    const greeting = () => driver.executeScript(`return document.querySelector('#status').textContent`);
    await driver.wait(async () => /@ada_example/.test(await greeting()), GREETS, 'waiting for the greeting').catch(async (error) => {
      throw new Error(`${error.message}: ${JSON.stringify(await greeting())}, ${(await witness.complaints()).join('\n')}`);
    });
    await who.popupGone();
    assert.equal(simulator.control.counts().approvals, approvals + 1, 'one approval');
    await after?.(driver);
    const complaints = await witness.complaints();
    assert.deepEqual(complaints, [], 'nothing complained in the console');
    const failed = answers.filter(({ status }) => status >= 400);
    assert.deepEqual(failed, [], 'every request was answered');
    const engines = answers.filter(({ path }) => path.endsWith('.wasm')).map(({ path, status, type }) => ({ name: String(path.split('/').at(-1)), status, type }));
    for (const { name, status, type } of engines) {
      assert.ok([200, 304].includes(status), `${name} is answered with ${status}`);
      assert.equal(type, 'application/wasm', `${name} has its type`);
    }
    return { engines: [...new Set(engines.map(({ name }) => name))], brotli };
  } finally {
    await close();
  }
}
