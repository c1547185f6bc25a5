// E1: one engine, three ways: compiled for this machine, as WebAssembly, and translated to JavaScript. Their answers are the same,
// and so are those of the part that a page has until the click.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { glue } from '../../www/generated/browser/engine_bg.js';
import { glue as clickGlue } from '../../www/generated/click/engine_bg.js';
import { instantiate } from '../../www/src/engine/translated.js';
import { root, target } from '../../www/tools/paths.mjs';
import { bytes, clickBytes } from './engine.mjs';
import { clockAt, questions } from './questions.mjs';

const QUESTIONS = 104_000;
/** `ENGINES_SEED` asks others. */
const SEED = Number(process.env.ENGINES_SEED ?? 20261123);

/** The page around the engine, as tests/glue/answers.rs has it: always the same for a question of the same number. */
const page = {
  number: 0,
  items: /** @type {Map<string, string>} */ (new Map()),
};

/** Globals of that page. @type {Record<string, unknown>} */
const globals = {
  sessionStorage: {
    getItem: (/** @type {string} */ key) => (page.number % 107 === 13 ? null : (page.items.get(key) ?? null)),
    removeItem: (/** @type {string} */ key) => page.items.delete(key),
    key: (/** @type {number} */ index) => [...page.items.keys()][index] ?? null,
  },
  crypto: {
    getRandomValues(/** @type {Uint8Array} */ into) {
      if (page.number % 101 === 7) throw new DOMException('none', 'QuotaExceededError');
      let bits = Math.imul(page.number, 2_654_435_761) ^ 0x9e3779b9 | 1;
      for (let at = 0; at < into.length; at += 1) {
        bits ^= bits << 13;
        bits ^= bits >>> 17;
        bits ^= bits << 5;
        into[at] = bits;
      }
      return into;
    },
  },
  performance: { timeOrigin: clockAt(0).origin, now: () => clockAt(page.number).monotonic },
  Date: { now: () => clockAt(page.number).date },
};

/** What the engine answers that a page has until the click. */
const CLICK_ASKS = new Set(['check', 'begin', 'renderButton', 'buttonSheet', 'createPkcePair']);

/** FNV-1a, of 32 bits. @param {string} text */
function hash(text) {
  let result = 0x811c9dc5;
  for (const byte of Buffer.from(text)) result = Math.imul(result ^ byte, 0x01000193);
  return (result >>> 0).toString(16).padStart(8, '0');
}

/**
 * Asks an engine, in the page above.
 * @param {typeof glue} its glue
 * @param {WebAssembly.Exports} exports
 * @param {() => string | undefined} next
 * @param {(question: string, answer: string) => void} [heard]
 * @param {(index: number) => number} [numberOf] by what number the page around it knows a question
 */
function answersOf(its, exports, next, heard = () => {}, numberOf = (index) => index) {
  const own = new Map(Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]));
  for (const [name, value] of Object.entries(globals)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  /** @type {string[]} */
  const answers = [];
  try {
    its.run(exports);
    page.items.clear();
    for (let question = next(); question !== undefined; question = next()) {
      page.number = numberOf(answers.length);
      const [put, key, value] = /^!([^ ]+) ([^]*)$/.exec(question) ?? [];
      if (put) page.items.set(String(key), String(value).toWellFormed());
      const answer = put ? '' : its.ask(question);
      answers.push(answer);
      heard(question, answer);
    }
  } finally {
    for (const [name, before] of own) {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete (/** @type {any} */ (globalThis)[name]);
    }
  }
  return answers;
}

/** @param {string} text of a line */
const escaped = (text) => text.replaceAll('\\', '\\b').replaceAll('\n', '\\n').replaceAll('\r', '\\r');

/** What the engine answers that is compiled for this machine (answers.rs), as hashes. @param {string[]} asked */
async function compiled(asked) {
  const input = asked.map((question) => `${escaped(question)}\n`).join('');
  // For whoever looks into a difference.
  mkdirSync(join(target, 'engines'), { recursive: true });
  writeFileSync(join(target, 'engines', 'questions.txt'), input);
  const cargo = spawn('cargo', ['run', '--quiet', '--locked', '--all-features', '--example', 'answers'], { cwd: root });
  cargo.stdin.on('error', () => {}).end(input);
  const [said, complaints, [status]] = await Promise.all([text(cargo.stdout), text(cargo.stderr), once(cargo, 'close')]);
  assert.equal(status, 0, complaints);
  return said.split('\n').slice(0, -1);
}

/** @param {typeof glue} its */
const importsOf = ({ name, imports }) => ({ [name]: imports });

/** @type {string[]} */
const list = [];
/** @type {string[]} */
let answers;
/** The hashes of those that the third gives. @type {Promise<string[]>} */
let native;

before(async () => {
  const { instance } = await WebAssembly.instantiate(bytes, importsOf(glue));
  const { next, heard } = questions(SEED);
  const asked = () => {
    if (list.length === QUESTIONS) return undefined;
    list.push(next());
    return list.at(-1);
  };
  answers = answersOf(glue, instance.exports, asked, heard);
  // While the others answer here.
  native = compiled(list);
  native.catch(() => {});
});

/** @param {string[]} others @param {(answer: string) => string} [as] */
function assertSame(others, as = (answer) => answer) {
  assert.equal(others.length, QUESTIONS);
  const first = answers.findIndex((answer, index) => as(answer) !== others[index]);
  assert.equal(first, -1, `question ${first} of seed ${SEED}: ${list[first]}\nhas the answers\n${answers[first]}\n${others[first]}`);
}

test('E1: the questions are many, and lead everywhere', () => {
  assert.ok(list.length >= 100_000);
  assert.ok(new Set(list).size > QUESTIONS * 0.7);
  const all = answers.join('\n');
  const counts = Object.fromEntries(
    ['failure=', 'url=https', 'key=', 'popup=true', 'orRedirect', 'over=true', 'codeVerifier=', 'tag=', 'code=', 'scope=', 'restart=', 'message=', 'other=', 'keys=', 'oauthVerifier=', 'username='].map((word) => [word, all.split(word).length - 1]),
  );
  const codes = new Set(all.match(/failure=\w+/g));
  for (const [word, count] of Object.entries(counts)) assert.ok(count > 5, `${word} ${count}`);
  assert.ok(codes.size >= 12, [...codes].join());
});

test('E1: WebAssembly and its translation give the same answers to over 100,000 questions', () => {
  const all = list.values();
  assertSame(answersOf(glue, instantiate(importsOf(glue)), () => all.next().value));
});

test('E1: the engine compiled for this machine gives the same answers to over 100,000 questions', async () => {
  assertSame(await native, hash);
});

test('E1: the engine that a page has until the click gives the same answers as the whole to what it is asked', async () => {
  const { instance } = await WebAssembly.instantiate(clickBytes, importsOf(clickGlue));
  const asked = [...list.keys()].filter((number) => CLICK_ASKS.has(new URLSearchParams(list[number]).get('ask') ?? ''));
  assert.ok(asked.length > QUESTIONS / 8, `${asked.length}`);
  const all = asked.map((number) => list[number]).values();
  const others = answersOf(clickGlue, instance.exports, () => all.next().value, undefined, (index) => asked[index] ?? 0);
  for (const [index, number] of asked.entries()) assert.equal(others[index], answers[number], list[number]);
});
