// The record of an attempt, which the engine keeps in sessionStorage too (src/browser/storage.rs): written here, before anybody
// leaves, and taken away.

/** Some private modes accept it and forget it. @param {string} key @param {string} record */
export function remember(key, record) {
  try {
    sessionStorage.setItem(key, record);
    return sessionStorage.getItem(key) === record;
  } catch {
    return false;
  }
}

/** @param {string} key */
export function forget(key) {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Then it was never there.
  }
}
