/**
 * Watches a browser from outside, through WebDriver BiDi: what it sends, what it is answered, what it complains about.
 * @module
 */

import { setTimeout as wait } from 'node:timers/promises';
import { logging } from 'selenium-webdriver';

/**
 * @typedef {object} Exchange a request and what came of it
 * @property {string} id
 * @property {string} context the window
 * @property {string} method
 * @property {string} url
 * @property {string} referrer
 * @property {boolean} navigation
 * @property {number} [status]
 */

/** Runs before the page's own scripts: what the Content Security Policy refuses becomes a console error. */
const REPORT_VIOLATIONS = `() => addEventListener('securitypolicyviolation', (event) =>
  console.error('CSP refused', event.violatedDirective, event.blockedURI, event.sourceFile))`;

/** @param {import('selenium-webdriver').WebDriver} driver */
export async function watch(driver) {
  const bidi = await driver.getBidi();
  /** @param {string} method @param {object} params */
  const send = async (method, params) => {
    const answer = /** @type {{ type: string, message?: string, result: any }} */ (await bidi.send({ method, params }));
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };

  /** @type {Exchange[]} */
  const requests = [];
  /** @type {string[]} */
  const complaints = [];
  /** @type {string[]} */
  const lines = [];
  /** @type {Promise<void>[]} */
  const reading = [];
  /** @type {{ url: string, body: string }[]} */
  const bodies = [];

  bidi.on('network.beforeRequestSent', ({ request, context, navigation }) => {
    const referrer = request.headers.find((/** @type {{ name: string }} */ { name }) => name.toLowerCase() === 'referer')?.value.value ?? '';
    requests.push({ id: request.request, context, method: request.method, url: request.url, referrer, navigation: navigation !== null });
  });
  bidi.on('network.responseCompleted', ({ request, response }) => {
    const known = [...requests].reverse().find(({ id, url }) => id === request.request && url === request.url);
    if (known) known.status = response.status;
    // Redirects and 204 have no body to collect.
    const read = send('network.getData', { dataType: 'response', request: request.request }).then(
      ({ bytes }) => void bodies.push({ url: request.url, body: bytes.type === 'base64' ? String(Buffer.from(bytes.value, 'base64')) : bytes.value }),
      () => undefined,
    );
    reading.push(read);
  });
  bidi.on('log.entryAdded', ({ level, text, source }) => {
    lines.push(text);
    if (level === 'error' || level === 'warn') complaints.push(`${level}: ${text} (${source?.context ?? ''})`);
  });
  await send('network.addDataCollector', { dataTypes: ['response'], maxEncodedDataSize: 2_000_000 });
  await bidi.subscribe(['network.beforeRequestSent', 'network.responseCompleted', 'log.entryAdded']);
  await send('script.addPreloadScript', { functionDeclaration: REPORT_VIOLATIONS });

  /** Reports of the browser come a little later than what they report. Waits until no new one has come for a while. */
  async function quiet() {
    let known = -1;
    for (let tries = 0; known !== requests.length; tries += 1) {
      if (tries > 50) throw new Error('the page never stops sending requests');
      known = requests.length;
      await wait(150);
    }
    await Promise.all(reading);
  }

  return {
    requests,
    quiet,
    /** @param {string} script a function, run in each document before its own scripts */
    beforeEachPage: (script) => send('script.addPreloadScript', { functionDeclaration: script }),
    /** Everything that was written to a console, by whichever window. */
    console: lines,
    /** Every response that a page could have read. */
    bodies,
    /** Errors and warnings, those of the network among them. */
    async complaints() {
      await quiet();
      const entries = await driver.manage().logs().get(logging.Type.BROWSER);
      const worse = entries.filter(({ level }) => level.value >= logging.Level.WARNING.value).map(({ level, message }) => `${level.name}: ${message}`);
      return [...complaints, ...worse];
    },
  };
}
