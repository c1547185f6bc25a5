/**
 * Step `readme`: the package's README is the repository's, without what only the repository has, with links that
 * lead somewhere in the package, and with the hash of the script that is packed beside it. npm knows no repository to look them up in.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, pkg } from '../paths.mjs';
import { integrityOf, scriptTag } from './script-tag.mjs';
import { BuildError } from './step.mjs';

const from = at('README.md');
const to = join(pkg, 'README.md');

/** @returns {import('./step.mjs').Step} */
export const readme = () => ({
  name: 'readme',
  label: 'readme',
  code: import.meta.url,
  inputs: [from, scriptTag],
  outputs: [to],
  async run() {
    writeFileSync(to, packedReadme(readFileSync(from, 'utf8'), integrityOf(readFileSync(scriptTag))));
  },
});

/** In the repository, where no file is that it could be of. */
const UNKNOWN = 'integrity="sha384-…"';

/** @param {string} text @param {string} integrity of the script for a script tag */
export function packedReadme(text, integrity) {
  const packed = text
    .replaceAll(UNKNOWN, `integrity="${integrity}"`)
    .replace(/^<!-- repository only -->\n(?:(?!<!-- repository only -->)[^])*?^<!-- end of repository only -->\n+/gm, '')
    // What a tool writes stays; where it writes is nobody's affair but the tool's.
    .replace(/^<!-- (?:end of )?consumers\b.* -->\n/gm, '')
    // The simulator is copied from there (build/copies.mjs).
    .replaceAll('](www/simulator/', '](simulator/');
  // A mark without its other half would publish too much, or too little.
  if (packed.includes('repository only -->')) throw new BuildError('README.md: a mark "repository only" has no other half');
  return packed;
}
