import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { KINDS } from '../../www/simulator/faults.js';

const readme = readFileSync(new URL('../../www/simulator/README.md', import.meta.url), 'utf8');

test('every test that the simulator’s README names exists', () => {
  const rows = readme.split('\n').filter((line) => line.startsWith('|') && /\w+: `/.test(line.split('|').at(-2)));
  assert.ok(rows.length > 30);
  for (const row of rows) {
    let source;
    for (const [, file, name] of row.split('|').at(-2).matchAll(/(?:([\w-]+): )?`([^`]+)`/g)) {
      if (file) {
        const url = new URL(`./${file}.test.mjs`, import.meta.url);
        assert.ok(existsSync(url), `${file}.test.mjs`);
        source = readFileSync(url, 'utf8');
      }
      assert.ok([`'`, '`'].some((quote) => source.includes(`test(${quote}${name}`)), `${name}, of: ${row}`);
    }
  }
});

test('the simulator’s README lists every kind of fault', () => {
  for (const kind of Object.keys(KINDS)) assert.ok(readme.includes(`| \`${kind}\` |`), kind);
});
