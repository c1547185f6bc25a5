/**
 * Step `words`: what the button says in each language (www/src/languages/phrases.json), as a module for pages, without
 * where each phrase is from.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, generated } from '../paths.mjs';
import { BuildError } from './step.mjs';

/**
 * @typedef {{ name: string, script: string, phrases: Record<string, { text: string, source: string, reviewed: boolean }> }} Language
 */

const from = at('www', 'src', 'languages', 'phrases.json');
const script = join(generated, 'languages.js');
const types = join(generated, 'languages.d.ts');

/** ISO 15924 codes of the scripts that run from right to left. */
const RIGHT_TO_LEFT = ['Arab', 'Hebr'];

/** @returns {import('./step.mjs').Step} */
export const words = () => ({
  name: 'words',
  label: 'words',
  code: import.meta.url,
  inputs: [from],
  outputs: [script, types],
  async run() {
    writeFileSync(script, `export const languages = ${JSON.stringify(languagesOf(JSON.parse(readFileSync(from, 'utf8'))), null, 1)};\n`);
    const each = '{ tag: string, script: string, dir: string, words: Record<string, string> }';
    writeFileSync(types, `/** What www/src/languages/phrases.json says, by tags in lower case. */\nexport const languages: Record<string, ${each}>;\n`);
  },
});

/**
 * By tags in lower case, as they are looked up.
 * @param {Record<string, Language>} phrases
 */
export function languagesOf(phrases) {
  return Object.fromEntries(Object.entries(phrases).map(([tag, { script, phrases: said }]) => {
    const dir = RIGHT_TO_LEFT.includes(script) ? 'rtl' : 'ltr';
    // The engine has English itself.
    const kept = tag === 'en' ? [] : Object.entries(said);
    return [tag.toLowerCase(), { tag, script: script.toLowerCase(), dir, words: Object.fromEntries(kept.map(([text, phrase]) => [text, wordsOf(tag, phrase.text, dir)])) }];
  }));
}

/**
 * Between words that run from right to left the X is isolated, so that it stays in its place whatever is around it
 * (UAX #9 §2.7: FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE).
 * @param {string} tag @param {string} text @param {string} dir
 */
function wordsOf(tag, text, dir) {
  if (text.split('X').length !== 2) throw new BuildError(`${tag}: "${text}" must name X, once`);
  return dir === 'rtl' ? text.replace('X', '\u2068X\u2069') : text;
}
