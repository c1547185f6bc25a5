/**
 * Sees by WebDriver BiDi.
 * @module
 */

/**
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {import('./witness.mjs').Seen} seen
 */
export async function watchByBidi(driver, { requests, bodies, console, complaints, reading }) {
  const bidi = await driver.getBidi();
  /** @param {string} method @param {object} params */
  const send = async (method, params) => {
    const answer = /** @type {{ type: string, message?: string, result: any }} */ (await bidi.send({ method, params }));
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };

  bidi.on('network.beforeRequestSent', ({ request }) => {
    const referrer = request.headers.find((/** @type {{ name: string }} */ { name }) => name.toLowerCase() === 'referer')?.value.value ?? '';
    requests.push({ at: performance.now(), id: request.request, method: request.method, url: request.url, referrer });
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
    console.push(text);
    if (level === 'error' || level === 'warn') complaints.push(`${level}: ${text} (${source?.context ?? ''})`);
  });
  await send('network.addDataCollector', { dataTypes: ['response'], maxEncodedDataSize: 2_000_000 });
  await bidi.subscribe(['network.beforeRequestSent', 'network.responseCompleted', 'log.entryAdded']);

  return {
    /** @param {string} script */
    beforeEachPage: (script) => send('script.addPreloadScript', { functionDeclaration: script }),
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
