/** What the tools that others judge packages by say about ours: publint and Are The Types Wrong, on the packed file. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packAndInstall } from './tarball.mjs';

describe('F14: the tools that judge packages', () => {
  /** @type {import('./tarball.mjs').Tarball} */
  let tarball;
  before(async () => {
    tarball = await packAndInstall();
  });
  after(() => tarball?.remove());

  test('F14: publint --strict has nothing to say', async () => {
    const data = await readFile(tarball.path);
    const { messages, pkg } = await publint({ pack: { tarball: data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) }, strict: true });
    assert.equal(pkg.name, 'sign-in-with-x');
    assert.deepEqual(messages.map((message) => formatMessage(message, pkg, { color: false })), []);
  });

  test('F14: Are The Types Wrong finds types for every entry point, wherever one can be imported', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(await readFile(tarball.path)));
    assert.ok(analysis.types, 'it has types');
    const scripts = Object.keys(tarball.manifest.exports).filter((name) => !/\.(?:css|wasm|json)$/.test(name));
    assert.deepEqual(Object.keys(analysis.entrypoints).filter((name) => scripts.includes(name)), scripts);
    const left = analysis.problems.filter((problem) => !accepted(problem));
    assert.deepEqual(left, []);
  });
});

/** @param {import('@arethetypeswrong/core').Problem} problem */
function accepted({ kind, ...where }) {
  const { entrypoint = '', resolutionKind = '' } = /** @type {{ entrypoint?: string, resolutionKind?: string }} */ (where);
  // These have no types because they are no code: a sheet, the engine, and data.
  if (/\.(?:css|wasm|json)$/.test(entrypoint)) return true;
  // TypeScript before 4.7, and `moduleResolution: "node10"` since: it does not read `exports`, where all our types are named.
  if (resolutionKind === 'node10') return true;
  // ES modules only: CommonJS imports them by `import()`, or by `require()` from Node 22.12 on.
  return kind === 'CJSResolvesToESM';
}
