/** tests/requirements.md: the promises, and the tests that keep them. */
import { keeps } from './check.mjs';
import { byId } from './ids.mjs';

/**
 * @typedef {object} Data tests/requirements.json
 * @property {Record<string, string>} chapters by letter
 * @property {Record<string, string>} ids what each requires, in Markdown
 * @property {string[]} required ids that must have a test by now
 * @property {string[]} pending required ids whose tests are still to be written
 * @property {string[]} nameless tests whose names begin with a value, and which were seen to bear no ids
 *
 * @typedef {import('./collect.mjs').Kept} Kept
 */

const HEAD = `<!-- Made by \`npm run requirements\`. Do not edit: change tests/requirements.json, or the names of tests. -->

# What is required, and which test keeps it

The name of a test begins with the ids of what it keeps: \`A7 B2: …\` in JavaScript, \`a7_b2_…\` in Rust. This page is made
from those names and from the words in [requirements.json](requirements.json) by \`npm run requirements\`;
[\`requirements.test.mjs\`](tools/requirements.test.mjs) fails when it is out of date. "native" is \`cargo test\`; a browser
is named where the test runs in it. \`…\` stands for what a test is repeated with. The tests of tests/simulator try the
stand-in for X; they are listed where they help, and keep no promise but K.
`;

/** Rows of one table that are shown each by its own name; more of them share one line. */
const ROWS = 6;

/** @param {Data} data @param {Kept[]} kept */
export function markdown({ chapters, ids, required, pending }, kept) {
  const all = Object.keys(ids).sort(byId);
  const count = (/** @type {string[]} */ some) => some.filter((id) => kept.some((test) => keeps(test, id))).length;
  const lines = [HEAD];
  lines.push(`**${count(all)} of ${all.length} requirements have a test; ${count(required)} of the ${required.length} that must have one by now.**\n`);
  for (const [letter, title] of Object.entries(chapters)) {
    lines.push(`## ${letter}. ${title}\n`, '| id | what is required | tests | where they run |', '| --- | --- | --- | --- |');
    for (const id of all.filter((other) => other.startsWith(letter))) {
      const tests = kept.filter((test) => test.ids.includes(id));
      const none = pending.includes(id) ? '**still to be written**' : '—';
      lines.push(`| **${id}** | ${ids[id]} | ${tests.length > 0 ? list(tests) : none} | ${placesOf(tests).join(', ')} |`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

/** The tests of one requirement, by file. @param {Kept[]} tests */
function list(tests) {
  const everywhere = placesOf(tests).join();
  const files = [...new Set(tests.map(({ file }) => file))];
  const groups = files.map((file) => {
    const own = tests.filter((test) => test.file === file);
    const places = placesOf(own);
    const where = places.join() === everywhere ? '' : ` (${places.join(', ')})`;
    const link = file.startsWith('tests/') ? file.slice('tests/'.length) : `../${file}`;
    return [`[${file}](${link})${where}`, ...namesOf(own).map((name) => `• ${name}`)].join('<br>');
  });
  const summary = tests.length === 1 ? '1 test' : `${tests.length} tests`;
  return `<details><summary>${summary}</summary><br>${groups.join('<br><br>')}</details>`;
}

/** @param {Kept[]} tests of one file */
function namesOf(tests) {
  /** @type {Map<string, Kept[]>} */
  const families = new Map();
  for (const test of tests) {
    const family = test.pattern ?? test.name;
    families.set(family, [...(families.get(family) ?? []), test]);
  }
  return [...families].flatMap(([pattern, rows]) => {
    if (rows.length > ROWS) return [`${text(pattern)} (${rows.length} rows)`];
    return rows.map(({ name, isCode }) => (isCode ? `\`${name}\`` : text(name)));
  });
}

/** @param {Kept[]} tests */
const placesOf = (tests) => [...new Set(tests.flatMap(({ places }) => places))];

/** Nothing in it is markup or the end of a cell. @param {string} words */
const text = (words) => words.replace(/[\\`*_|[\]]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
