/** Finds the tests of a Rust file by their attributes. As in JavaScript, one that cannot be read is a problem. */

/** @typedef {{ tests: { name: string, native: boolean, browser: boolean }[], problems: string[] }} Scan */

/** Comments, strings and characters, in that order of trying; a lifetime is no character. */
const TEXTS = /\/\/[^\n]*|\/\*[^]*?\*\/|\bb?r(#*)"[^]*?"\1|b?"(?:\\[^]|[^"\\])*"|'(?:\\[^']+|[^'\\])'/g;

/** Blanks what is no code, and keeps every line where it was. @param {string} text */
const code = (text) => text.replace(TEXTS, (part) => part.replace(/[^\n]/g, ' '));

/** `#[test]`, `#[wasm_bindgen_test(async)]`, `#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test)]`, … but not `cfg(test)`. */
const ATTRIBUTE = /#\[\s*(?:cfg_attr\([^\]]*?,\s*)?(?:\w+\s*::\s*)*(\w*test)\b(?!_)[^\]]*\]/g;
const MORE = /(?:\s*#\[[^\]]*\])*/y;
const FUNCTION = /\s*(?:pub(?:\([^)]*\))?\s+)?(?:async\s+)?fn\s+(\w+)/y;

/** @param {string} source @returns {Scan} */
export function scanRust(source) {
  const text = code(source);
  /** @type {Map<string, Scan['tests'][number]>} */
  const tests = new Map();
  /** @type {string[]} */
  const problems = [];
  for (const match of text.matchAll(ATTRIBUTE)) {
    MORE.lastIndex = match.index;
    const attributes = MORE.exec(text)?.[0] ?? '';
    FUNCTION.lastIndex = match.index + attributes.length;
    const name = FUNCTION.exec(text)?.[1];
    if (!name) problems.push(`line ${text.slice(0, match.index).split('\n').length}: ${match[0]} is not followed by a function with a name`);
    // Ignored ones run nowhere.
    else if (!/#\[\s*ignore\b/.test(attributes)) {
      const { native = false, browser = false } = tests.get(name) ?? {};
      const isBrowsers = match[1] === 'wasm_bindgen_test';
      tests.set(name, { name, native: native || !isBrowsers, browser: browser || isBrowsers });
    }
  }
  return { tests: [...tests.values()], problems };
}
