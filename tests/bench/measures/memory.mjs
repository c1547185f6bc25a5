/**
 * What a page holds after ten sign-ins, and after many more, when all that nobody needs has been collected.
 * @module
 */

import { onPage } from './tools.mjs';

const FEW = 10;

/**
 * @param {import('./tools.mjs').Tools} tools @param {string} id @param {number} many
 * @returns {Promise<{ few: number, many: number, wasm: [few: number, many: number] }>} bytes; `wasm` is a part of the others
 */
export const memory = (tools, id, many) =>
  onPage(tools, `/page/${id}`, async (page) => {
    const held = async () => {
      for (let times = 0; times < 3; times += 1) await page.send('HeapProfiler.collectGarbage');
      const { usedSize } = await page.send('Runtime.getHeapUsage');
      const wasm = await page.evaluate('bench.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)');
      return [usedSize + wasm, wasm];
    };
    await page.evaluate(`bench.signIns(${FEW})`);
    const [few, wasm] = await held();
    await page.evaluate(`bench.signIns(${many - FEW})`);
    const [later, wasmLater] = await held();
    return { few, many: later, wasm: [wasm, wasmLater] };
  });
