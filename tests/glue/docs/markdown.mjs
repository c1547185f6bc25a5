/**
 * The documents as data.
 * @module
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** @param {string} path */
export const read = (path) => readFileSync(root + path, 'utf8');

/** The documents at the root, the simulator's, the crate's and the examples'. */
export const documents = [...readdirSync(root).filter((name) => name.endsWith('.md')), 'www/simulator/README.md', 'src/crate.md', 'examples/README.md'];

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

/** `## heading` → its text, in order. @param {string} text @returns {Map<string, string>} */
export function chapters(text) {
  const parts = text.split(/^## (.+)$/m).slice(1);
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]]] : [])));
}

/** Anchors as GitHub makes them. @param {string} text */
export const anchors = (text) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));
