/** WebAssembly of a fake window that cannot compile an engine in the task that wants it. */
import vm from 'node:vm';

/**
 * As Chromium below 114 does with more than four kilobytes; and the other way takes, the first time, until the test says so.
 * @param {{ globals: any }} window
 * @returns {{ compile: () => void, refuse: (reason: Error) => void }}
 */
export const compilesLater = ({ globals }) =>
  vm.runInContext(`{
    const { instantiate } = WebAssembly;
    let compile, refuse;
    let told = new Promise((...both) => ([compile, refuse] = both));
    WebAssembly.Module = function () {
      throw new RangeError('WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.');
    };
    WebAssembly.instantiate = async (...given) => {
      const first = told;
      told = undefined;
      await first;
      return instantiate.apply(WebAssembly, given);
    };
    ({ compile, refuse });
  }`, globals);

/** A policy that allows no WebAssembly, as Chromium 156 says it. @param {{ globals: any }} window */
export const forbidsWasm = ({ globals }) =>
  vm.runInContext(`WebAssembly.Module = function () {
    throw new WebAssembly.CompileError("WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because 'unsafe-eval' is not an allowed source of script");
  };`, globals);
