/** F5, F6, F7: what axe-core (https://github.com/dequelabs/axe-core) finds in the button: nothing, in any look and state. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { useBrowser } from './harness.mjs';
import { emulate } from './looks/media.mjs';
import { ACTIVITIES, looks, looksAt, THEMES, TYPES, visit } from './looks/page.mjs';

const world = useBrowser();
const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every theme × type × state on a ground that suits the theme; a link has the colours of its text, so it is on both. */
const sections = /** @type {const} */ (['light', 'dark']).flatMap((ground) => {
  const themes = THEMES.filter((theme) => (ground === 'light' ? theme !== 'white' : theme !== 'black'));
  return themes.flatMap((theme) =>
    TYPES.map((type) => ({
      title: `${theme} ${type} on ${ground}`,
      ground,
      cells: [
        ...ACTIVITIES.map((activity) => ({ attributes: { theme, type }, activity })),
        { attributes: { theme, type, disabled: '' }, activity: 'idle' },
      ],
    })),
  );
});

/**
 * WebDriver runs a script beside the page's policy, not under it: the page keeps the strictest.
 * @param {import('selenium-webdriver').WebDriver} driver
 * @returns {Promise<{ violations: string[], passes: string[] }>}
 */
const examine = (driver) =>
  driver.executeAsyncScript(`${AXE};
    const done = arguments[0];
    const tell = (list) => list.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + JSON.stringify(target) + ' ' + (failureSummary ?? '')));
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(
      ({ violations, passes }) => done({ violations: tell(violations), passes: tell(passes) }),
      (error) => done({ violations: [String(error)], passes: [] }));`);

test('F5 F6 F7: axe-core finds no violation in any theme, type and state', async (t) => {
  const { driver, demo, engine } = await world(t, { pages: looksAt({ '/looks': looks(sections) }) });
  await visit(driver, `${demo.url}/looks`);
  const buttons = sections.flatMap(({ cells }) => cells);
  for (const media of engine.devTools ? [{}, { 'prefers-color-scheme': 'dark' }] : [{}]) {
    await emulate(driver, engine, media);
    const { violations, passes } = await examine(driver);
    assert.deepEqual(violations, [], JSON.stringify(media));
    // It has looked into the shadow roots: each button has a name, and colours that it could compare.
    const named = passes.filter((line) => line.startsWith('button-name '));
    assert.ok(named.length >= buttons.length, `${named.length} names for ${buttons.length} buttons`);
    assert.ok(passes.filter((line) => line.startsWith('color-contrast ')).length > buttons.length / 3);
  }
});
