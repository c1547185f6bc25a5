/**
 * What a page does not need of wasm-bindgen's glue: it keeps views of the engine's memory for those who call often, copies
 * ASCII letter by letter, and gives up on a decoder after two gigabytes (a fault of old Safaris). A sign-in crosses a few
 * hundred times with a few kilobytes; a quarter of a kilobyte of brotli less counts more.
 */
import { BuildError } from './step.mjs';

/** @type {[from: RegExp, to: string][]} */
const shorter = [
  [/^let cachedDataViewMemory0 = [^]*?^}$/m, 'const getDataViewMemory0 = () => new DataView(wasm.memory.buffer);'],
  [/^let cachedUint8ArrayMemory0 = [^]*?^}$/m, 'const getUint8ArrayMemory0 = () => new Uint8Array(wasm.memory.buffer);'],
  [
    /^function passStringToWasm0\([^]*?^}$/m,
    `function passStringToWasm0(arg, malloc) {
    const bytes = cachedTextEncoder.encode(arg);
    WASM_VECTOR_LEN = bytes.length;
    const ptr = malloc(WASM_VECTOR_LEN, 1);
    getUint8ArrayMemory0().set(bytes, ptr);
    return ptr;
}`,
  ],
  [/, wasm\.__wbindgen_realloc\b/g, ''],
  [/^let cachedTextDecoder = [^]*?^}$/m, "const decoder = new TextDecoder('utf-8', { ignoreBOM: true });\nconst decodeText = (bytes) => decoder.decode(bytes);"],
];

/**
 * @param {string} glue with short names
 * @returns {string} the same glue, and as one object that a bundler need not gather: `glue`, with what the engine imports
 */
export function slimGlue(glue) {
  const slim = shorter.reduce((text, [from, to]) => {
    if (text.search(from) < 0) throw new BuildError(`wasm-bindgen's glue has changed: there is no ${from} in it`);
    return text.replace(from, to);
  }, glue);
  const names = [...slim.matchAll(/^export (?:function (\$\w+)|\{ (\w+) \} from)/gm)].map(([, own, passed]) => own ?? passed);
  return `${slim.replace(/^export (?=function \$)/gm, '').replace(/^export (?=\{ \w+ \} from)/gm, 'import ')}export const glue = { ask, run: __wbg_set_wasm, name: engineModule, imports: { ${names.join(', ')} } };\n`;
}
