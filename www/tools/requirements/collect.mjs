/** Which test keeps which requirement: every file that holds tests, read. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { filesBelow } from '../build/step.mjs';
import { at, root } from '../paths.mjs';
import { idsOfFunction, idsOfTitle } from './ids.mjs';
import { placesOfJavaScript, placesOfRust } from './places.mjs';
import { scanJavaScript } from './scan-javascript.mjs';
import { scanRust } from './scan-rust.mjs';

/**
 * @typedef {object} Kept a test that bears requirement ids
 * @property {string} file
 * @property {string} name
 * @property {string} [pattern] the name that it shares with other rows of one table
 * @property {boolean} isCode the name is a function's
 * @property {string[]} ids
 * @property {string[]} places where it runs
 *
 * @typedef {object} Collected
 * @property {Kept[]} kept
 * @property {string[]} problems tests that cannot be read
 * @property {string[]} nameless tests whose ids, if they have any, are not written where the test is
 */

/** @returns {Collected} */
export function collect() {
  /** @type {Collected} */
  const all = { kept: [], problems: [], nameless: [] };
  for (const path of [...filesBelow(at('src')), ...filesBelow(at('tests'))]) {
    const file = relative(root, path).replaceAll('\\', '/');
    const read = file.endsWith('.rs') ? readRust : file.endsWith('.mjs') || file.endsWith('.js') ? readJavaScript : undefined;
    if (!read || file.includes('node_modules/')) continue;
    const { kept, problems, nameless } = read(file, path, readFileSync(path, 'utf8'));
    all.kept.push(...kept);
    all.nameless.push(...nameless.map((name) => `${file}: ${name}`));
    all.problems.push(...problems.map((what) => `${file}: ${what}`));
  }
  return all;
}

/** @param {string} file @param {string} _path @param {string} text @returns {Collected} */
function readRust(file, _path, text) {
  const { tests, problems } = scanRust(text);
  const kept = tests.flatMap((test) => {
    const places = placesOfRust(file, test);
    if (!places) problems.push(`www/tools/requirements/places.mjs does not say where the tests of this folder run`);
    const ids = idsOfFunction(test.name);
    return ids.length > 0 ? [{ file, name: test.name, isCode: true, ids, places: places ?? [] }] : [];
  });
  return { kept, problems: [...new Set(problems)], nameless: [] };
}

/** @param {string} file @param {string} path @param {string} text @returns {Collected} */
function readJavaScript(file, path, text) {
  const { tests, problems, nameless } = scanJavaScript(path, text);
  if (tests.length === 0 && file.endsWith('.test.mjs')) problems.push('no test was found in this file');
  if (tests.length > 0 && !file.endsWith('.test.mjs')) problems.push('it holds tests, and no step runs it: its name has to end with .test.mjs');
  const kept = tests.flatMap((test) => {
    const { name, pattern, titles, part } = test;
    // The parts of a test are its own affair, unless they bear ids of their own.
    const ids = [...new Set((part ? titles.slice(-1) : titles).flatMap(idsOfTitle))];
    if (part && ids.length === 0) return [];
    const places = placesOfJavaScript(file, text, test);
    if (!places) problems.push(`it cannot be told where this test runs: ${name}`);
    if (ids.length === 0 || places?.length === 0) return [];
    return [{ file, name, pattern, isCode: false, ids, places: places ?? [] }];
  });
  return { kept, problems, nameless };
}
