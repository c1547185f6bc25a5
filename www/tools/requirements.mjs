/**
 * `npm run requirements`: writes tests/requirements.md, which says of each requirement which tests keep it, from the
 * names of the tests and from tests/requirements.json. With `-- --check` it compares, and writes nothing.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { main } from './main.mjs';
import { at } from './paths.mjs';

const PAGE = at('tests', 'requirements.md');
const DATA = at('tests', 'requirements.json');

/** What is there, what should be there, and what is wrong with it. */
export async function requirements() {
  const [{ findings }, { collect }, { markdown }] = await Promise.all([
    import('./requirements/check.mjs'),
    import('./requirements/collect.mjs'),
    import('./requirements/markdown.mjs'),
  ]);
  /** @type {import('./requirements/markdown.mjs').Data} */
  const data = JSON.parse(readFileSync(DATA, 'utf8'));
  const collected = collect();
  return { old: existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '', fresh: markdown(data, collected.kept), pending: data.pending, found: findings(data, collected) };
}

await main(import.meta.url, async (args) => {
  const { check } = parseArgs({ args, options: { check: { type: 'boolean', default: false } } }).values;
  const { difference, report } = await import('./requirements/check.mjs');
  const { old, fresh, pending, found } = await requirements();
  const wrong = report(found);
  if (check && old !== fresh) wrong.push(['tests/requirements.md is out of date; `npm run requirements` writes it:', ...difference(old, fresh)].join('\n'));
  if (!check) writeFileSync(PAGE, fresh);
  const waiting = pending.length > 0 ? ` but for ${pending.join(' ')}, whose tests are still to be written` : '';
  const fine = `tests/requirements.md is ${check ? 'up to date' : 'written'}, and every id that must have a test has one${waiting}`;
  console.log(wrong.length > 0 ? wrong.join('\n\n') : fine);
  if (wrong.length > 0) process.exitCode = 1;
});
