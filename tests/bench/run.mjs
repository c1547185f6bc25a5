/**
 * Measures everything (`npm run bench`), writes RESULTS.md and the raw samples, and ends. Called with the folder of the peers;
 * `--quick` measures little, and prints the report in the place of writing it.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { at, pkg } from '../../www/tools/paths.mjs';
import { startBrowser } from './browser.mjs';
import { bundle } from './bundles.mjs';
import { CONTESTANTS, TAG } from './contestants.mjs';
import { load, machine } from './machine.mjs';
import { bytes } from './measures/bytes.mjs';
import { callback } from './measures/callback.mjs';
import { click } from './measures/click.mjs';
import { memory } from './measures/memory.mjs';
import { start } from './measures/start.mjs';
import { url } from './measures/url.mjs';
import { FULL, QUICK, UNTIL } from './plan.mjs';
import { report } from './report.mjs';
import { inRounds } from './rounds.mjs';
import { startSite } from './site.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } } });
const plan = values.quick ? QUICK : FULL;
const seed = Number(values.seed);

/** A file that a build does not have yet is no contestant. */
const there = CONTESTANTS.filter(({ id }) => id !== 'element-tag' || existsSync(join(pkg, TAG)));
/** @param {string} measure */
const those = (measure) => there.filter((one) => one.in.includes(measure)).map(({ id }) => id);

const began = new Date();
const since = performance.now();
/** @param {string} what */
const say = (what) => console.log(`bench: ${what} (${((performance.now() - since) / 1000).toFixed(0)} s)`);
const before = load();

const { files, versions } = await bundle(String(positionals[0]));
const site = await startSite(files);
const browser = await startBrowser();
const tools = { browser, site };
try {
  let number = 0;
  /** @template T @param {keyof typeof UNTIL} what @param {string[]} names @param {number} rounds @param {(name: string) => Promise<T>} measure */
  const measured = async (what, names, rounds, measure) => {
    number += 1;
    const results = await inRounds(names, rounds, seed * 10 + number, measure, since + UNTIL[what] * 1000);
    say(what);
    return results;
  };

  // First, because then every file is compressed, and known by its address.
  const sizes = await inRounds(those('bytes'), 1, seed, (id) => bytes(tools, id));
  const asTheyAre = [...(sizes.samples.get('element-files')?.values() ?? [])][0];
  const imported = asTheyAre?.button.files.find((path) => /chunk-\w+\.js$/.test(path));
  if (imported) site.announce(imported);
  for (const id of those('start')) await start(tools, id).catch(() => {});
  say('the files');

  const speeds = [1, plan.slowed];
  const pairs = speeds.flatMap((slowed) => those('start').map((id) => `${slowed} ${id}`));
  const loads = await measured('loads', pairs, plan.starts, (pair) => {
    const [slowed, id = ''] = pair.split(' ');
    return start(tools, id, { slowed: Number(slowed) });
  });
  const urls = await measured('urls', those('url'), plan.urls, (id) => url(tools, id));
  const clicks = await measured('clicks', those('click'), plan.clicks, (id) => click(tools, id));
  const callbacks = await measured('callbacks', those('callback'), plan.callbacks, (id) => callback(tools, id));
  const many = await measured('many', those('many'), plan.many, (id) => start(tools, id, { query: 'buttons=100' }));
  const held = await measured('memory', those('memory'), 1, (id) => memory(tools, id, plan.signIns));

  const results = { plan, seed, versions, callbackBytes: site.sizeOf('/pkg/callback.js')?.brotli, began: began.toISOString(), before, after: load(), machine: { ...machine(), chromium: browser.version }, there, sizes, loads, urls, clicks, callbacks, many, held };
  mkdirSync(at('target', 'bench'), { recursive: true });
  const plain = JSON.stringify(results, (_, value) => (value instanceof Map ? Object.fromEntries(value) : value));
  writeFileSync(at('target', 'bench', 'samples.json'), plain);
  const text = report(results);
  if (values.quick) console.log(`\n${text}`);
  else writeFileSync(at('tests', 'bench', 'RESULTS.md'), text);
  say(values.quick ? 'done; nothing was written, because so few samples say nothing' : 'done: tests/bench/RESULTS.md');
} finally {
  await browser.close();
  await site.close();
}
