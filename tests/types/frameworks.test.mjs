/** The element in JSX and in Vue's templates, with the declaration that the README hands out, checked by the frameworks' own types. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { read } from '../glue/docs/markdown.mjs';

const folder = fileURLToPath(new URL('frameworks', import.meta.url));

test('F10 F14: the README’s declaration is the one that is checked', () => {
  const [, code] = /^\*\*`sign-in-with-x\.d\.ts`\*\*[^]*?^```ts\n([^]*?)^```$/m.exec(read('README.md')) ?? [];
  assert.equal(readFileSync(`${folder}/sign-in-with-x.d.ts`, 'utf8'), code);
});

test('F10 F14 A13: React 19 and Vue take the element’s attributes, properties and events, and refuse what is wrong', async () => {
  const program = createRequire(import.meta.url).resolve('vue-tsc/bin/vue-tsc.js');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--noEmit', '-p', folder]).catch((error) => error);
  assert.equal(stdout, '');
});
