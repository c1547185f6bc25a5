/**
 * Tables in Markdown, and how figures are written in them.
 * @module
 */

/** @param {string} cell */
const escaped = (cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ');

/**
 * The first column is text, the others are figures.
 * @param {string[]} head @param {(string | undefined)[][]} rows a cell without a figure is a dash
 */
export function table(head, rows) {
  for (const row of rows) if (row.length !== head.length) throw new Error(`${row.length} cells below ${head.length} heads: ${row[0]}`);
  const line = (/** @type {(string | undefined)[]} */ cells) => `| ${cells.map((cell) => escaped(cell ?? '–')).join(' | ')} |`;
  return [line(head), `| ${head.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** @param {number} value @param {number} digits */
export const fixed = (value, digits) => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** `41.2 (40.8–42.0)` @param {import('./statistics.mjs').Summary} summary @param {number} digits */
export const withInterval = ({ median, interval: [low, high] }, digits) => `${fixed(median, digits)} (${fixed(low, digits)}–${fixed(high, digits)})`;

/** @param {{ ratio: number, interval: import('./statistics.mjs').Interval } | undefined} of */
export const times = (of) => of && `${fixed(of.ratio, 2)} (${fixed(of.interval[0], 2)}–${fixed(of.interval[1], 2)})`;
