/**
 * Sees by WebDriver BiDi.
 * @module
 */

import { bidiOf } from './bidi.mjs';

/**
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {import('./witness.mjs').Seen} seen
 */
export async function watchByBidi(driver, { requests, bodies, console, complaints, reading }) {
  const { bidi, send } = await bidiOf(driver);

  /** @type {Record<string, (event: any) => void>} */
  const listeners = {
    'network.beforeRequestSent': ({ request }) => {
      const referrer = request.headers.find((/** @type {{ name: string }} */ { name }) => name.toLowerCase() === 'referer')?.value.value ?? '';
      requests.push({ at: performance.now(), id: request.request, method: request.method, url: request.url, referrer });
    },
    'network.responseCompleted': ({ request, response }) => {
      const known = [...requests].reverse().find(({ id, url }) => id === request.request && url === request.url);
      if (known) known.status = response.status;
      // Redirects and 204 have no body to collect.
      const read = send('network.getData', { dataType: 'response', request: request.request }).then(
        ({ bytes }) => void bodies.push({ url: request.url, body: bytes.type === 'base64' ? String(Buffer.from(bytes.value, 'base64')) : bytes.value }),
        () => undefined,
      );
      reading.push(read);
    },
    'log.entryAdded': ({ level, text, source }) => {
      console.push(text);
      if (level === 'error' || level === 'warn') complaints.push(`${level}: ${text} (${source?.context ?? ''})`);
    },
  };
  for (const [event, listener] of Object.entries(listeners)) bidi.on(event, listener);
  const { collector } = await send('network.addDataCollector', { dataTypes: ['response'], maxEncodedDataSize: 2_000_000 });
  await bidi.subscribe(Object.keys(listeners));
  /** @type {string[]} */
  const scripts = [];

  return {
    /** @param {string} script */
    async beforeEachPage(script) {
      scripts.push((await send('script.addPreloadScript', { functionDeclaration: script })).script);
    },
    /** The session may go on for another test. */
    async end() {
      for (const [event, listener] of Object.entries(listeners)) bidi.off(event, listener);
      for (const script of scripts) await send('script.removePreloadScript', { script });
      await send('network.removeDataCollector', { collector });
    },
    /** @type {import('./witness.mjs').InPage} */
    async inPage(script, ...values) {
      const { result, exceptionDetails } = await send('script.callFunction', {
        functionDeclaration: `async (values) => JSON.stringify({ value: await (${script})(...JSON.parse(values)) })`,
        arguments: [{ type: 'string', value: JSON.stringify(values) }],
        target: { context: await driver.getWindowHandle() },
        awaitPromise: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      return JSON.parse(result.value).value;
    },
  };
}
