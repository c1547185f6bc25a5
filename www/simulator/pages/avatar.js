/**
 * Profile pictures, drawn for each account from its id. Their addresses end in `_normal` as X's do; the other sizes
 * that X keeps are answered with the same drawing.
 * @module
 */
import { createHash } from 'node:crypto';
import { initialOf } from './initial.js';

/** @typedef {import('../types.js').Account} Account */

/** Pairs that go well together and that white letters stand out on. */
const COLOURS = [
  ['#1d7fd0', '#5b3df0'],
  ['#d6336c', '#e8590c'],
  ['#0b8f6a', '#0b7285'],
  ['#7048e8', '#c2255c'],
];

/** @param {Account} account */
export const pictureOf = ({ id }) => `/profile_images/${id}_normal.svg`;

/**
 * @param {import('../types.js').World} world
 * @param {string} path
 * @returns {import('../types.js').Reply | undefined}
 */
export function avatar({ accounts }, path) {
  const id = /^\/profile_images\/(\d+)(?:_normal|_bigger|_mini|_400x400)?\.svg$/.exec(path)?.[1];
  const account = accounts.find((each) => each.id === id);
  return account && { status: 200, headers: { 'Content-Type': 'image/svg+xml', 'X-Content-Type-Options': 'nosniff' }, body: drawing(account) };
}

/** @param {Account} account */
function drawing({ id, name }) {
  const hash = createHash('sha256').update(id).digest();
  const [from, to] = COLOURS[(hash[0] ?? 0) % COLOURS.length] ?? [];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 96 96">
<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>
<rect width="96" height="96" fill="url(#g)"/>
<circle cx="${12 + ((hash[2] ?? 0) % 72)}" cy="104" r="46" fill="#fff" opacity=".12"/><circle cx="${12 + ((hash[3] ?? 0) % 72)}" cy="-4" r="34" fill="#fff" opacity=".12"/>
<text x="48" y="49" font-family="system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif" font-size="44" font-weight="600" fill="#fff" text-anchor="middle" dominant-baseline="central">${initialOf(name)}</text>
</svg>`;
}
