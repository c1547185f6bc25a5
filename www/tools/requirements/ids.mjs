/** The requirement ids that a test's name begins with. */

/** `A7 B2: a code works once`, `A9 an empty segment`, `K: …`; also (G1) at any later place. @param {string} title */
export function idsOfTitle(title) {
  const [front = ''] = /^(?:[A-Z]\d+(?=[ :])|[A-Z](?=:| [A-Z]\d*[ :]))(?: (?:[A-Z]\d+(?=[ :])|[A-Z](?=:)))*/.exec(title) ?? [];
  const later = [...title.matchAll(/\(([A-Z]\d+)\)/g)].map(([, id]) => String(id));
  return [...front.split(' ').filter(Boolean), ...later];
}

/** `a5_a9_parity_the_engine_judges_…` @param {string} name a Rust function */
export function idsOfFunction(name) {
  const [front = ''] = /^(?:[a-z]\d+_)+/.exec(name) ?? [];
  return front.split('_').filter(Boolean).map((id) => id.toUpperCase());
}

/** A2 before A10, and the ids without a number last in their letter. @param {string} a @param {string} b */
export const byId = (a, b) => a.charCodeAt(0) - b.charCodeAt(0) || Number(a.slice(1)) - Number(b.slice(1));
