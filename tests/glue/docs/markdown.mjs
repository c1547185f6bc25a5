/**
 * The documents as data.
 * @module
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export { names, quoted, table } from '../../../www/tools/markdown.mjs';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** @param {string} path */
export const read = (path) => readFileSync(root + path, 'utf8');

/** The documents at the root, the simulator's, the crate's and the examples'. */
export const documents = [...readdirSync(root).filter((name) => name.endsWith('.md')), 'www/simulator/README.md', 'src/crate.md', 'examples/README.md'];

/** `## heading` → its text, in order. @param {string} text @returns {Map<string, string>} */
export function chapters(text) {
  const parts = text.split(/^## (.+)$/m).slice(1);
  return new Map(parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1]]] : [])));
}

/** Anchors as GitHub makes them. @param {string} text */
export const anchors = (text) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));
