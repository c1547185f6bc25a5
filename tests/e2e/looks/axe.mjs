/**
 * What axe-core (https://github.com/dequelabs/axe-core) finds in a page, by the rules of WCAG 2.2 AA and its best practices.
 * @module
 */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * WebDriver runs a script beside the page's policy, not under it: the page keeps the strictest.
 * @param {import('selenium-webdriver').WebDriver} driver
 * @param {boolean} [colours] whether to compare them. axe reads `-webkit-text-fill-color`, which no browser forces; what forced
 *   colours leave is looked at in reflow.test.mjs
 * @returns {Promise<{ violations: string[], passes: string[] }>}
 */
export const examine = (driver, colours = true) =>
  driver.executeAsyncScript(`${AXE};
    const [colours, done] = arguments;
    const tell = (list) => list.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + JSON.stringify(target) + ' ' + (failureSummary ?? '')));
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'color-contrast': { enabled: colours } } }).then(
      ({ violations, passes }) => done({ violations: tell(violations), passes: tell(passes) }),
      (error) => done({ violations: [String(error)], passes: [] }));`, colours);
