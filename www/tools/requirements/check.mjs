/** What is wrong with the promises: ids without a test, tests with an unknown id, a page that is out of date. */

/**
 * Whether a test keeps what an id requires. One of the stand-in for X shows only that the rest can be tried against it.
 * @param {import('./collect.mjs').Kept} test
 * @param {string} id
 */
export const keeps = ({ file, ids }, id) => ids.includes(id) && (id === 'K' || !file.startsWith('tests/simulator/'));

/**
 * @param {import('./markdown.mjs').Data} data
 * @param {import('./collect.mjs').Collected} collected
 */
export function findings({ ids, required, pending, nameless }, { kept, ...read }) {
  const has = (/** @type {string} */ id) => kept.some((test) => keeps(test, id));
  return {
    /** Tests that could not be read. */
    unread: read.problems,
    /** Tests that may bear ids in a place where nobody looks for them, and names on that list that are no longer needed. */
    nameless: [...read.nameless.filter((name) => !nameless.includes(name)), ...nameless.filter((name) => !read.nameless.includes(name))],
    /** Ids that a test names and nobody knows. */
    unknown: kept.flatMap(({ file, name, ids: named }) => named.filter((id) => !(id in ids)).map((id) => `${id}, of: ${file}: ${name}`)),
    /** Ids on a list that do not exist, or wait for a test that nobody asked for. */
    misplaced: [...required.filter((id) => !(id in ids)), ...pending.filter((id) => !required.includes(id))],
    missing: required.filter((id) => !has(id) && !pending.includes(id)),
    /** Tests that have come: their ids leave the list, so that it can only shrink. */
    arrived: pending.filter(has),
  };
}

const SENTENCES = {
  unread: 'These tests cannot be read, so this list would miss them:',
  nameless: 'These names begin with a value that their file does not spell out. Begin them with their ids; those without ids, and only those, stand under "nameless" in tests/requirements.json:',
  unknown: 'These ids are not in tests/requirements.json:',
  misplaced: 'These ids are "required" without being among the "ids", or "pending" without being "required" (tests/requirements.json):',
  missing: 'These required ids have no test:',
  arrived: 'These ids have a test now; take them off "pending" in tests/requirements.json:',
};

/** For people; empty when all is well. @param {ReturnType<typeof findings>} found */
export function report(found) {
  return Object.entries(SENTENCES).flatMap(([kind, sentence]) => {
    const lines = found[/** @type {keyof typeof SENTENCES} */ (kind)];
    return lines.length > 0 ? [[sentence, ...lines.map((line) => `  ${line}`)].join('\n')] : [];
  });
}

/**
 * The lines that differ; a row of the table in the pieces that people see.
 * @param {string} old
 * @param {string} fresh
 * @returns {string[]}
 */
export function difference(old, fresh) {
  const [before, after] = [pieces(old), pieces(fresh)];
  const gone = [...before].filter((piece) => !after.has(piece)).map((piece) => `- ${piece}`);
  return [...gone, ...[...after].filter((piece) => !before.has(piece)).map((piece) => `+ ${piece}`)];
}

/** @param {string} page */
const pieces = (page) =>
  new Set(
    page.split('\n').flatMap((line) => {
      const id = /^\| \*\*(\w+)\*\*/.exec(line)?.[1];
      return id ? line.split(/<br>|<\/?details>|<\/?summary>|(?<!\\)\|/).map((part) => part.trim()).filter(Boolean).map((part) => `${id}: ${part}`) : [line];
    }),
  );
