/**
 * Pictures of Apps: what may be one, told by its first bytes and not by what its sender calls it.
 * @module
 */

/** @typedef {import('../types.js').Icon['type']} Type */

/** X's limit (from memory). */
const MOST_BYTES = 700 * 1024;

/** Of what was not even read. */
export const TOO_LARGE = 'This picture has more than 1 MB, and X takes at most 700 KB';

/** @type {[Type, number[]][]} */
const BEGINNINGS = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

/** @param {Buffer} bytes @returns {Type | undefined} */
export const iconType = (bytes) => BEGINNINGS.find(([, first]) => first.every((byte, index) => bytes[index] === byte))?.[0];

/** @param {Buffer | undefined} bytes @returns {string | undefined} */
export function iconProblem(bytes) {
  if (!bytes || bytes.length === 0) return 'Choose a picture first';
  if (bytes.length > MOST_BYTES) return `This picture has ${Math.ceil(bytes.length / 1024)} KB, and X takes at most 700 KB`;
  return iconType(bytes) === undefined ? 'This is no PNG, JPEG or GIF' : undefined;
}
