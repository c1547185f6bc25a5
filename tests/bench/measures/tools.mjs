/**
 * What every measure needs.
 * @module
 */

/** @typedef {{ browser: Awaited<ReturnType<typeof import('../browser.mjs').startBrowser>>, site: import('../site.mjs').Site }} Tools */

/** All of them to their end, so that no failure is left unheard. @param {Promise<any>[]} promises */
export async function both(...promises) {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/**
 * A page with its button, used and closed.
 * @template T
 * @param {Tools} tools
 * @param {string} address path and query
 * @param {(page: import('../browser.mjs').Page, at: [x: number, y: number]) => Promise<T>} use `at`: where the button is
 * @param {{ stays?: boolean }} [how]
 * @returns {Promise<T>}
 */
export async function onPage({ browser, site }, address, use, how) {
  site.begin(how);
  /** @type {import('../browser.mjs').Page | undefined} */
  let page;
  try {
    const opening = browser.open(site.origin + address).then((opened) => (page = opened));
    const [{ at }, opened] = await both(site.hear(({ marks }) => marks), opening);
    return await use(opened, at);
  } finally {
    await page?.close();
  }
}
