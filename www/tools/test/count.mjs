/** How many tests passed and failed, read from what a test runner printed. */

/** @typedef {{ passed: number, failed: number }} Count */

const colours = /\u001b\[[0-9;]*m/g;

/** @param {string} output @param {RegExp} pattern with one group, a number */
function sum(output, pattern) {
  return [...output.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
}

/** `test result: ok. 12 passed; 0 failed; …`: libtest and wasm-bindgen-test, once per test program. */
export function countRust(/** @type {string} */ output) {
  const plain = output.replace(colours, '');
  return {
    passed: sum(plain, /^test result: .*?(\d+) passed;/gm),
    failed: sum(plain, /^test result: .*?(\d+) failed;/gm),
  };
}

/** The closing lines of node:test, `ℹ pass 12` (spec) or `# pass 12` (TAP). A cancelled test did not pass. */
export function countNode(/** @type {string} */ output) {
  const plain = output.replace(colours, '');
  return {
    passed: sum(plain, /^(?:ℹ|#) pass (\d+)$/gm),
    failed: sum(plain, /^(?:ℹ|#) fail (\d+)$/gm) + sum(plain, /^(?:ℹ|#) cancelled (\d+)$/gm),
  };
}

/**
 * What a step adds to the closing line. A check without tests of its own counts as one test; a suite that ran none, and
 * a command that failed without a failed test, count as one failure.
 * @param {{ code: number, output: string, count?: (output: string) => Count }} result
 * @returns {Count}
 */
export function tally({ code, output, count }) {
  if (!count) return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const { passed, failed } = count(output);
  const broken = code !== 0 || passed + failed === 0;
  return { passed, failed: broken ? Math.max(failed, 1) : failed };
}
