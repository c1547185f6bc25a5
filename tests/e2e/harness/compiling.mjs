/**
 * What runs before the page's own scripts (`witness.beforeEachPage`), so that a page cannot compile its engine in the task that
 * wants it, which is over before anybody could click.
 * @module
 */

/**
 * As in Chromium below 114, which compiles four kilobytes at most in a task. The first time it then takes until the page's
 * `compile()`, or until `refuse()`, after which the engine cannot be made.
 */
export const COMPILES_LATER = `() => {
  const { instantiate } = WebAssembly;
  let told = new Promise((resolve, reject) => Object.assign(window, {
    compile: resolve,
    refuse: () => reject(new WebAssembly.CompileError('refused')),
  }));
  told.catch(() => {});
  let isAsked = false;
  WebAssembly.Module = function () {
    isAsked = true;
    throw new RangeError('WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.');
  };
  WebAssembly.instantiate = async (...given) => {
    // On a page that needs the whole engine at once, nobody has asked.
    const first = isAsked ? told : undefined;
    if (isAsked) told = undefined;
    await first;
    return instantiate.apply(WebAssembly, given);
  };
}`;

/** No engine can be made in the page's task, as by a policy. */
export const COMPILES_NOTHING = `() => {
  WebAssembly.Module = function () { throw new WebAssembly.CompileError('refused'); };
}`;

/** @param {import('selenium-webdriver').WebDriver} driver in the page @param {'compile' | 'refuse'} word */
export const tellPage = (driver, word) => driver.executeScript(`window.${word}()`);
