/**
 * The tables of the documents as data: for the tests that compare them with the code, and for what is made from them.
 * @module
 */

/** The cells of a table row; a pipe within backticks does not part them. @param {string} line */
const cells = (line) => line.replace(/^\||\|$/g, '').split(/\|(?=(?:[^`]*`[^`]*`)*[^`]*$)/).map((cell) => cell.trim());

/**
 * The body of the first table whose first heading is this.
 * @param {string} text
 * @param {string} heading
 * @returns {string[][]}
 */
export function table(text, heading) {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith('|') && cells(line)[0] === heading);
  if (start === -1) throw new Error(`there is no table "${heading}"`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end === -1 ? undefined : end).map(cells);
}

/** What stands in backticks. @param {string} text */
export const quoted = (text) => [...text.matchAll(/`([^`]+)`/g)].map(([, word]) => word);

/** The names of a table's first column. @param {string[][]} rows */
export const names = (rows) => rows.flatMap(([first]) => quoted(first).slice(0, 1)).map((name) => name.replace(/\(.*/, ''));
