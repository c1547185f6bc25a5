/**
 * Imports one entry point in a process of its own and prints what that changed, as JSON: globals added, removed or
 * replaced, requests made, listeners and timers left.
 */
const requests = [];
globalThis.fetch = async (input) => {
  requests.push(String(input));
  throw new Error('importing must not fetch');
};

const before = Object.getOwnPropertyDescriptors(globalThis);
const listeners = process.eventNames().length;
const exports = Object.keys(await import(process.argv[2]));
const after = Object.getOwnPropertyDescriptors(globalThis);

const names = new Set([...Reflect.ownKeys(before), ...Reflect.ownKeys(after)]);
const changed = [...names].filter((name) => before[name]?.value !== after[name]?.value || before[name]?.get !== after[name]?.get);
console.log(
  JSON.stringify({
    exports,
    changed: changed.map(String),
    requests,
    listeners: process.eventNames().length - listeners,
    timers: process.getActiveResourcesInfo().filter((name) => name === 'Timeout' || name === 'Immediate').length,
  }),
);
