/** The public types, compiled: what they must take, and, by `@ts-expect-error`, what they must refuse. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import ts from 'typescript';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

/** @param {ts.CompilerOptions} changes @returns {string[]} one line for each complaint */
function compile(changes) {
  const { config } = ts.readConfigFile(`${folder}tsconfig.json`, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  assert.equal(fileNames.length, files.length);
  const program = ts.createProgram(fileNames, { ...options, ...changes });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const place = file && start !== undefined ? `${file.fileName.slice(folder.length)}:${file.getLineAndCharacterOfPosition(start).line + 1}: ` : '';
    return place + ts.flattenDiagnosticMessageText(messageText, '\n');
  });
}

test('F14 A13: the types take what is right and refuse what is wrong, and check by themselves', () => {
  assert.ok(files.length > 4);
  for (const name of files) assert.match(readFileSync(folder + name, 'utf8'), /@ts-expect-error/, `${name} has something to refuse`);
  assert.deepEqual(compile({}), []);
});

test('F14: they resolve as bundlers do it, too', () => {
  assert.deepEqual(compile({ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }), []);
});
