/**
 * WebDriver BiDi as selenium-webdriver leaves it: an answer that is an error is one.
 * @module
 */

/** @param {import('selenium-webdriver').WebDriver} driver */
export async function bidiOf(driver) {
  const bidi = await driver.getBidi();
  /** @param {string} method @param {object} params */
  const send = async (method, params) => {
    const answer = /** @type {{ type: string, message?: string, result: any }} */ (await bidi.send({ method, params }));
    if (answer.type === 'error') throw new Error(`${method}: ${answer.message}`);
    return answer.result;
  };
  return { bidi, send };
}
