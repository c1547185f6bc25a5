/** Runs a tool's own work when it was started by name, and not when another tool imports it. */
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @param {string} url the tool's `import.meta.url`
 * @param {(args: string[]) => Promise<void>} work
 */
export async function main(url, work) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(url)) return;
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    // The comment that the tool begins with says what it does and how to call it.
    const [, text = ''] = /\/\*\*([\s\S]*?)\*\//.exec(readFileSync(fileURLToPath(url), 'utf8')) ?? [];
    console.log(text.replace(/^ *\* ?/gm, '').trim());
    return;
  }
  try {
    await work(args);
  } catch (error) {
    const failure = /** @type {Error & { output?: string }} */ (error);
    if (failure.output) console.error(failure.output);
    // A stack helps with a mistake of these tools, not with a failed command or a missing tool.
    const expected = ['CommandFailed', 'MissingTool', 'BuildError'].includes(failure.name);
    console.error(expected ? `\n${failure.message}` : failure);
    process.exitCode = 1;
  }
}

/** The names after `--only` (or bare): `--only opt,js` and `opt js` mean the same. @param {string[]} args */
export function selection(args) {
  return args.filter((arg) => arg !== '--only').flatMap((arg) => arg.replace(/^--only=/, '').split(','));
}
