/** What the README says of other people's projects is what `npm run consumers` saw last (tests/consumers). */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { BEGIN, END, recorded, tableOf } from '../consumers/lab/results.mjs';
import { ROWS } from '../consumers/list.mjs';
import { read, root } from './docs/markdown.mjs';

const results = recorded();

test('E4 E5 E6 F9 F10: the projects that the package is tried in are all there', () => {
  const expected = ['vite-dev', 'vite', 'webpack', 'rollup', 'esbuild', 'parcel', 'rspack', 'import-map', 'script-tag', 'transitive-dev', 'transitive', 'next', 'next-webpack', 'sveltekit', 'nuxt', 'astro', 'vitest', 'node-20', 'node-22', 'node-24', 'bun', 'deno', 'workerd'];
  assert.deepEqual(ROWS.map(({ name }) => name), expected);
});

test('the README’s table of projects is what the last run of each has seen', () => {
  const [, table] = read('README.md').split(BEGIN)[1]?.split(END)[0]?.match(/^\n([^]*)$/) ?? [];
  assert.equal(table, tableOf(results));
});

test('E5: each project was tried, and worked; what the package does not have yet is named', () => {
  const published = JSON.parse(read('pkg/package.json')).files;
  for (const { name, needs } of ROWS) {
    const hasIt = needs === undefined || published.some((/** @type {string} */ entry) => needs === entry || needs.startsWith(`${entry}/`));
    assert.equal(results[name]?.state, hasIt ? 'passed' : 'missing', name);
  }
});

test('each was tried as it stands: with the versions that its package.json names', () => {
  for (const { name, project, version } of ROWS) {
    if (!version || results[name]?.state !== 'passed') continue;
    assert.equal(results[name].version, JSON.parse(read(`tests/consumers/${project}/package.json`)).dependencies[version], name);
  }
});

test('J5: every version is an exact one', () => {
  for (const project of new Set(ROWS.map((row) => row.project))) {
    const path = `tests/consumers/${project}/package.json`;
    if (!existsSync(root + path)) continue;
    for (const [name, version] of Object.entries(JSON.parse(read(path)).dependencies ?? {})) assert.match(String(version), /^\d+\.\d+\.\d+$/, `${project}: ${name}`);
  }
});
