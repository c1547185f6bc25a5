import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EVENT_TYPES } from '../../www/simulator/event-types.js';
import { KINDS } from '../../www/simulator/faults/kinds.js';
import { COUNTERS } from '../../www/simulator/journal.js';
import { NUMBERED } from '../../www/simulator/oauth1/errors.js';
import { completeOAuth1 } from '../../www/simulator/oauth1/settings.js';
import { start } from './helpers.mjs';

const readme = readFileSync(new URL('../../www/simulator/README.md', import.meta.url), 'utf8');

/** The rows of all tables in the section under a heading, cell by cell. */
function tables(heading) {
  const [section] = readme.slice(readme.indexOf(`\n## ${heading}\n`) + 1).split(/\n(?=## )/);
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  // Each table begins with its heads and a line of dashes.
  return lines.filter((line, index) => !/^[| -]+$/.test(line) && !/^[| -]+$/.test(lines[index + 1] ?? '')).map(cells);
}

const cells = (line) => line.split('|').slice(1, -1).map((cell) => cell.trim());

/** The rows of the first table under a heading. */
function table(heading) {
  const lines = readme.slice(readme.indexOf(`\n## ${heading}\n`)).split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const end = lines.findIndex((line, index) => index > first && !line.startsWith('|'));
  return lines.slice(first + 2, end).map(cells);
}

const quoted = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word);

test('K: every row of what the simulator does as X does names a test, and every test that is named exists', () => {
  const rows = tables('What it does as X does');
  assert.ok(rows.length > 70);
  for (const row of rows) {
    assert.match(row.at(-1), /`[^`]+`/, `a test, of: ${row.join(' | ')}`);
    let source;
    for (const [, file, name] of row.at(-1).matchAll(/(?:([\w/-]+): )?`([^`]+)`/g)) {
      if (file) {
        const url = new URL(`./${file}.test.mjs`, import.meta.url);
        assert.ok(existsSync(url), `${file}.test.mjs`);
        source = readFileSync(url, 'utf8');
      }
      assert.ok([`'`, '`'].some((quote) => source.includes(`test(${quote}${name}`)), `${name}, of: ${row.join(' | ')}`);
    }
  }
});

test('K: the first test of the simulator’s README runs as it stands', async () => {
  const [, code] = /```js\n([^]*?)```/.exec(readme);
  assert.match(code, /^import assert/);
  // Where the package's name leads to the package as it was built.
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--test-reporter=tap', '--eval', code], { cwd, env: { ...process.env, NODE_TEST_CONTEXT: undefined } });
  assert.match(stdout, /^# pass 1$/m);
});

test('the simulator’s README lists every kind of fault, and no other', () => {
  const listed = table('Faults').map(([kind]) => quoted(kind)[0]);
  assert.deepEqual(listed.sort(), Object.keys(KINDS).sort());
});

test('the simulator’s README lists every parameter and every stage of every kind of fault', () => {
  for (const [name, values] of table('Faults')) {
    const { stages, required, optional = {} } = KINDS[quoted(name)[0]];
    const stage = stages.length > 1 ? ['stage?'] : [];
    const expected = [...Object.keys(required), ...Object.keys(optional).map((each) => `${each}?`), ...stage];
    assert.deepEqual(quoted(values.replace(/\([^)]*\)/g, '')), expected, name);
    assert.deepEqual(quoted(/`stage\?` \(([^)]*)\)/.exec(values)?.[1] ?? ''), stages.length > 1 ? stages : [], name);
  }
});

test('the simulator’s README lists everything that the control can do, in process and over HTTP', async (t) => {
  const simulator = await start(t);
  const rows = table('Control');
  assert.deepEqual(rows.map(([call]) => quoted(call)[0].replace(/\(.*/, '')).sort(), Object.keys(simulator.control).sort());
  const { routes } = await (await fetch(`${simulator.apiUrl}/_control/nothing`)).json();
  assert.deepEqual(rows.map(([, route]) => quoted(route)[0].replace(/(?<=\/\S+)[ ?].*/, '')).sort(), routes.sort());
});

test('K: README and types list every type of event and every count', () => {
  const all = tables('Events').map(([name]) => quoted(name)[0]);
  const [events, counts] = [all.slice(0, EVENT_TYPES.length), all.slice(EVENT_TYPES.length)];
  assert.deepEqual(events, [...EVENT_TYPES]);
  assert.deepEqual(counts, Object.keys(COUNTERS));
  const types = readFileSync(new URL('../../www/types/simulator.d.ts', import.meta.url), 'utf8');
  for (const [name, listed] of [['SimulatorEventType', events], ['SimulatorCounter', counts]]) {
    assert.deepEqual([...new RegExp(`type ${name} =([^;]*);`).exec(types)[1].matchAll(/'(\w+)'/g)].map(([, each]) => each), listed);
  }
});

test('G9: the simulator’s README lists every setting of OAuth 1.0a and every number of X’s errors that a fault can answer', () => {
  const settings = readme.slice(readme.indexOf('An App\'s `oauth1` has'), readme.indexOf('The host is part'));
  for (const name of Object.keys(completeOAuth1({ clientId: 'c', name: 'n' }))) assert.ok(quoted(settings).includes(name), name);
  const [, numbers] = /`code` \(of those that the simulator knows: ([^)]*)\)/.exec(readme);
  assert.deepEqual(numbers.split(', '), Object.keys(NUMBERED));
});
