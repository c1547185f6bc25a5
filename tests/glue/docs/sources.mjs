/**
 * What the sources say about themselves, read from their text: the names that the documents have to know.
 * @module
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { read, root } from './markdown.mjs';

/** @param {string} path @param {RegExp} pattern with one group @returns {string[]} */
export const found = (path, pattern) => [...read(path).matchAll(pattern)].map(([, word]) => word);

/** Rust without its unit tests, which may make up names. @param {string} text */
const shipped = (text) => text.split('#[cfg(test)]')[0];

/** Every source file of a folder: [path, text]. @param {string} folder @param {string} ending @returns {[string, string][]} */
export const sources = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => [join(folder, name), shipped(read(join(folder, name)))]);

const rust = sources('src', '.rs').filter(([path]) => !path.startsWith(join('src', 'server')));

/** `ErrorCode::X => "x"` in its order. */
export const rustCodes = found('src/protocol/error.rs', /Self::\w+ => "(\w+)"/g);

/** @param {string} source @param {RegExp} pattern */
const words = (source, pattern) => [...source.matchAll(pattern)].map(([, word]) => word);

/**
 * Every reason that the engine gives with a code: where it is named beside the code, and where a file's own `invalid`
 * does so.
 * @param {string} variant
 */
export function reasonsOf(variant) {
  const beside = new RegExp(`ErrorCode::${variant}, "(\\w+)"`, 'g');
  const own = new RegExp(`fn invalid\\([^]*?ErrorCode::${variant}, reason\\)`);
  return new Set(
    rust.flatMap(([, source]) => [
      ...words(source, beside),
      ...(own.test(source) ? [...words(source, /invalid\("(\w+)"\)/g), ...words(source, /UrlProblem::\w+ => "(\w+)"/g)] : []),
    ]),
  );
}

/** Whether anything but the tables themselves makes an error of this code. @param {string} code */
export function isRaised(code) {
  const variant = code.replace(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase());
  const engine = rust.some(([path, source]) => !path.endsWith('error.rs') && source.includes(`ErrorCode::${variant}`));
  const glue = sources('www/src', '.js').some(([path, source]) => !path.endsWith('errors.js') && new RegExp(`['"]${code}['"]`).test(source));
  return engine || glue || read('www/src/errors.js').includes(`new SignInError('${code}'`);
}

/** The words of an enum that `words!` declares, the default first. @param {string} name */
export function wordsOf(name) {
  const [, body] = new RegExp(`words! \\{\\s*(?:///[^\\n]*\\s*)*${name} \\{([^}]*)\\}`).exec(read('src/button/options.rs')) ?? [];
  if (body === undefined) throw new Error(`there is no ${name}`);
  return words(body, /= "([^"]+)"/g);
}

/** The members of an interface or class of a .d.ts: name → its doc comment. @param {string} path @param {string} name */
export function members(path, name) {
  const [, body] = new RegExp(`(?:interface|class) ${name}\\b[^{]*\\{\\n([^]*?)\\n\\}`).exec(read(path)) ?? [];
  if (body === undefined) throw new Error(`there is no ${name} in ${path}`);
  const all = body.matchAll(/(?:^ {2}\/\*\*([^]*?)\*\/\n)?^ {2}(?:readonly |get )?'?([\w-]+)'?\??[:(<]/gm);
  return new Map([...all].map(([, comment = '', member]) => [member, comment.replace(/\s*\n\s*\*\s*/g, ' ').trim()]));
}

/** The names that a .d.ts declares as values. @param {string} path */
export const values = (path) => found(path, /^export (?:declare )?(?:function|class|const) (\w+)/gm);

/** The strings of a union type. @param {string} path @param {string} name */
export function union(path, name) {
  const [, body] = new RegExp(`type ${name} =([^;]*);`).exec(read(path)) ?? [];
  return words(body ?? '', /'([^']+)'/g);
}
