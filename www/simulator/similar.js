/**
 * Which known name somebody may have meant.
 * @module
 */

/** Optimal string alignment: a letter more, less or other, or two that changed places, is one slip. @param {string} one @param {string} other */
function slips(one, other) {
  /** @type {number[][]} */
  const table = [];
  const at = (/** @type {number} */ row, /** @type {number} */ column) => table[row]?.[column] ?? 0;
  for (let row = 0; row <= one.length; row += 1) {
    table[row] = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const costs = [at(row, column - 1) + 1];
      if (row > 0) {
        costs.push(at(row - 1, column) + 1, at(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1));
        if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) costs.push(at(row - 2, column - 2) + 1);
      }
      table[row]?.push(Math.min(...costs));
    }
  }
  return at(one.length, other.length);
}

/** Names that are longer are no slip, and would take long to compare. */
const LONGEST = 40;

/**
 * The known name that is a slip or two away.
 * @param {string} name
 * @param {readonly string[]} known
 * @returns {string | undefined}
 */
export function nearest(name, known) {
  if (name.length > LONGEST) return undefined;
  const near = known.map((each) => ({ each, distance: slips(name.toLowerCase(), each.toLowerCase()) })).sort((one, other) => one.distance - other.distance)[0];
  return near && near.distance <= Math.max(1, Math.floor(near.each.length / 4)) ? near.each : undefined;
}

/**
 * `; did you mean "port"?`, or nothing when no name is near.
 * @param {string} name
 * @param {readonly string[]} known
 */
export function didYouMean(name, known) {
  const near = nearest(name, known);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
