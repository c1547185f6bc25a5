/**
 * The server engine for workerd (Cloudflare Workers), which compiles no WebAssembly at run time: there the engine is a
 * module of the bundle (https://developers.cloudflare.com/workers/runtime-apis/webassembly/).
 * @module
 */
// @ts-expect-error: a file of the package, beside this one's bundle; it comes compiled.
import module from './sign-in-with-x-server.wasm';

export const compiled = () => /** @type {WebAssembly.Module} */ (module);
