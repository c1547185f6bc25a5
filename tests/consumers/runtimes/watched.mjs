/** What the globals were before the package was imported; imported first. */

/** @type {string[]} */
export const requests = [];
globalThis.fetch = async (input) => {
  requests.push(String(input));
  throw new Error('importing must not fetch');
};

// Runtimes make some of their globals at their first use; that is nobody's doing.
for (const name of Reflect.ownKeys(globalThis)) {
  try {
    void globalThis[name];
  } catch {
    // One that is switched off.
  }
}

const before = Object.getOwnPropertyDescriptors(globalThis);

/** The globals that came, went or were replaced since. */
export function changed() {
  const after = Object.getOwnPropertyDescriptors(globalThis);
  const names = new Set([...Reflect.ownKeys(before), ...Reflect.ownKeys(after)]);
  const same = (a, b) => Object.is(a?.value, b?.value) && a?.get === b?.get && a?.set === b?.set;
  return [...names].filter((name) => !same(before[name], after[name])).map(String);
}
