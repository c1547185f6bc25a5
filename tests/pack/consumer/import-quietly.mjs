/**
 * Imports one entry point in a process of its own and prints what that changed, as JSON: globals added, removed or
 * replaced, requests made, listeners and timers left. What is named after it is imported before: it is the host's.
 */
for (const host of process.argv.slice(3)) await import(host);

const requests = [];
globalThis.fetch = async (input) => {
  requests.push(String(input));
  throw new Error('importing must not fetch');
};

// Node makes some of its globals at their first use; that is not our doing.
for (const name of Reflect.ownKeys(globalThis)) {
  try {
    void globalThis[name];
  } catch {
    // One that is switched off.
  }
}

const before = Object.getOwnPropertyDescriptors(globalThis);
const listeners = process.eventNames().length;
const exports = Object.keys(await import(process.argv[2]));
const after = Object.getOwnPropertyDescriptors(globalThis);

const names = new Set([...Reflect.ownKeys(before), ...Reflect.ownKeys(after)]);
const same = (a, b) => Object.is(a?.value, b?.value) && a?.get === b?.get && a?.set === b?.set;
const changed = [...names].filter((name) => !same(before[name], after[name]));
console.log(
  JSON.stringify({
    exports,
    changed: changed.map(String),
    requests,
    listeners: process.eventNames().length - listeners,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate').length,
  }),
);
