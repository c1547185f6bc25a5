/**
 * What a simulator that runs for days remembers: no more than so much of a kind.
 * @module
 */

/**
 * How a map takes a record: the oldest go first once there are more than `most`.
 * @param {number} most
 * @returns {<T>(map: Map<string, T>, key: string, value: T) => void}
 */
export const adding = (most) => (map, key, value) => {
  map.set(key, value);
  // A Map iterates in the order of insertion, so the first key is the oldest.
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
};
