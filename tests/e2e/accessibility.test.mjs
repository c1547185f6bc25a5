/** F5, F6, F7: what axe-core (https://github.com/dequelabs/axe-core) finds in the button, and in who is signed in: nothing, in any look and state. */
import assert from 'node:assert/strict';
import { test } from './harness/scenario.mjs';
import { underTest, useBrowser } from './harness.mjs';
import { examine } from './looks/axe.mjs';
import { ACTIVITIES, assertMedia, looks, looksAt, THEMES, TYPES, visit } from './looks/page.mjs';

const world = useBrowser();

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
        { attributes: { theme, type }, person: 'ada' },
        { attributes: { theme, type, size: 'small' }, person: 'noor', leaving: /** @type {const} */ (true) },
        { attributes: { theme, type, dir: 'rtl' }, person: 'long' },
      ],
    })),
  );
});

/** @type {Record<string, import('./harness/engines.mjs').Media>} */
const CIRCUMSTANCES = {
  'a light scheme': {},
  'a dark scheme': { 'prefers-color-scheme': 'dark' },
  'forced colours': { 'forced-colors': 'active' },
};

for (const [what, media] of Object.entries(CIRCUMSTANCES)) {
  const skip = what === 'forced colours' && !underTest.forcedColours && 'this engine cannot be told';
  test(`F5 F6 F7 F8: axe-core finds no violation in any theme, type and state, nor in who is signed in, with ${what}`, { skip }, async (t) => {
    const { driver, demo } = await world(t, { media, pages: looksAt({ '/looks': looks(sections) }) });
    await visit(driver, `${demo.url}/looks`);
    await assertMedia(driver, media);
    const cells = sections.flatMap(({ cells }) => cells);
    const { violations, passes } = await examine(driver, what !== 'forced colours');
    assert.deepEqual(violations, []);
    // It has looked into the shadow roots: each control has a name, and colours that it could compare.
    const named = passes.filter((line) => line.startsWith('button-name '));
    assert.ok(named.length >= cells.length, `${named.length} names for ${cells.length} buttons`);
    if (what !== 'forced colours') assert.ok(passes.filter((line) => line.startsWith('color-contrast ')).length > cells.length / 3);
  });
}
