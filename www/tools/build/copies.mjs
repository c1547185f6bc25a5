/** Step `copy`: what goes into the package as it is. */
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { at, pkg } from '../paths.mjs';
import { filesBelow } from './step.mjs';

/** From the repository to the package. */
const copies = [
  [at('www', 'types'), join(pkg, 'types')],
  [at('www', 'simulator'), join(pkg, 'simulator')],
  [at('www', 'bin.js'), join(pkg, 'bin.js')],
  [at('www', 'src', 'callback.css'), join(pkg, 'callback.css')],
  ...['LICENSE-MIT', 'LICENSE-APACHE', 'ERRORS.md', 'SECURITY.md'].map((name) => [at(name), join(pkg, name)]),
];

/** @returns {import('./step.mjs').Step} */
export const copy = () => ({
  name: 'copy',
  label: 'copy',
  code: import.meta.url,
  inputs: copies.map(([from]) => from),
  outputs: copies.flatMap(([from, to]) => filesBelow(from).map((path) => path.replace(from, to))),
  async run() {
    for (const [from, to] of copies) {
      rmSync(to, { recursive: true, force: true });
      cpSync(from, to, { recursive: true });
    }
    chmodSync(join(pkg, 'bin.js'), 0o755);
    linkCommand();
  },
});

/** `npx sign-in-with-x` in this repository: npm made no link when it installed, because the file was not built yet. */
function linkCommand() {
  const link = at('node_modules', '.bin', 'sign-in-with-x');
  mkdirSync(at('node_modules', '.bin'), { recursive: true });
  if (!existsSync(link)) symlinkSync(join('..', 'sign-in-with-x', 'bin.js'), link);
}
