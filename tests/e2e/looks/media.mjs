/**
 * What a person's system asks of a page: dark, forced colours, less motion. Only Chromium can be told by its driver.
 * @module
 */

/**
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {import('../harness/engines.mjs').Engine} engine
 * @param {Record<string, string>} features media features by their names; light and plain unless told otherwise
 */
export async function emulate(driver, engine, features) {
  if (!engine.devTools) return;
  const all = { 'prefers-color-scheme': 'light', 'forced-colors': 'none', 'prefers-reduced-motion': 'no-preference', ...features };
  const chrome = /** @type {import('selenium-webdriver/chrome.js').Driver} */ (driver);
  await chrome.sendDevToolsCommand('Emulation.setEmulatedMedia', { features: Object.entries(all).map(([name, value]) => ({ name, value })) });
}
