/**
 * What came of the rows: results.json, and the README's table, which is made of it.
 * @module
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { at } from '../../../www/tools/paths.mjs';
import { ROWS } from '../list.mjs';

/**
 * @typedef {object} Result
 * @property {'passed' | 'failed' | 'missing'} state
 * @property {string} [why]
 * @property {string} [version]
 * @property {string[]} [engines] the files of WebAssembly that were loaded; none: it is in the bundle
 * @property {number} [brotli] what a page had downloaded of scripts and WebAssembly when the button was there
 * @property {number} [seconds]
 */

const FILE = at('tests', 'consumers', 'results.json');
const README = at('README.md');
export const [BEGIN, END] = ['<!-- consumers: written by `npm run consumers` -->', '<!-- end of consumers -->'];

/** @returns {Record<string, Result>} */
export const recorded = () => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});

/** In the order of the list; rows that are no more go. @param {Record<string, Result>} results */
export function record(results) {
  const all = { ...recorded(), ...results };
  const kept = Object.fromEntries(ROWS.filter(({ name }) => all[name]).map(({ name }) => [name, all[name]]));
  // What failed is told by the run; here only that it did.
  for (const [name, result] of Object.entries(kept)) if (result.state === 'failed') kept[name] = { state: 'failed', seconds: result.seconds };
  writeFileSync(FILE, `${JSON.stringify(kept, undefined, 2)}\n`);
  const readme = readFileSync(README, 'utf8');
  const [before, rest] = readme.split(BEGIN);
  if (rest === undefined) throw new Error(`the README has no ${BEGIN}`);
  const after = rest.split(END)[1];
  writeFileSync(README, `${before}${BEGIN}\n${tableOf(kept)}${END}${after}`);
}

/** @param {Record<string, Result>} results */
export function tableOf(results) {
  const lines = ROWS.map(({ name, title, note, kind, does = 'signs in' }) => {
    const { state, why, version, engines, brotli, seconds } = results[name] ?? { state: 'not run' };
    const said = state === 'passed' ? does : state === 'missing' ? `**${why}**` : `**${state}**`;
    const engine = kind === 'run' || state !== 'passed' ? '' : (engines ?? []).length > 0 ? engines.map((file) => `\`${file}\``).join(', ') : 'in the bundle';
    return `| ${title}${version ? ` ${version}` : ''} | ${said} | ${engine}${note ? `; ${note}` : ''} | ${brotli ? brotli.toLocaleString('en') : ''} | ${seconds ?? ''} |`;
  });
  return ['| | what it does | engine | brotli | seconds |', '| --- | --- | --- | --- | --- |', ...lines, ''].join('\n');
}
