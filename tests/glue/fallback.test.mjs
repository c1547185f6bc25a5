// Where WebAssembly does not run: the package as it was built, in Node, with one thing wrong at a time.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { nextRelease, release, TRANSLATED, unpacked, WASM } from './copies.mjs';
import { page } from './engine.mjs';
import { Browser, ending } from './fake/browser.mjs';

const wasm = release[WASM] ?? assert.fail();

/** The engine answers, and right. @param {typeof import('../../www/src/index.js')} library */
function assertWorks({ createPkcePair }) {
  const { codeVerifier, codeChallenge } = createPkcePair();
  assert.equal(codeChallenge, createHash('sha256').update(codeVerifier).digest('base64url'));
}

/** Why the translation is in use, as doctor() says; undefined when it is not. @param {import('node:test').TestContext} t @param {typeof import('../../www/src/index.js')} library */
async function reasonOf(t, { createSignIn }) {
  page(t);
  t.mock.method(globalThis, 'fetch', async () => new Response('', { status: 404 }));
  const found = await createSignIn({ clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' }).doctor();
  return found.find(({ code }) => code === 'engine_translated')?.message;
}

/** Answers for the engine's file. @param {import('node:test').TestContext} t @param {(asked: string | URL, init?: any) => Response | Promise<Response>} answer */
const served = (t, answer) => t.mock.method(globalThis, 'fetch', async (/** @type {any} */ asked, /** @type {any} */ init) => answer(asked, init));

/** The bytes with one bit turned, in the middle of the code. */
function damaged() {
  const bytes = Buffer.from(wasm);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0x40;
  return bytes;
}

/** Loads the whole engine, from where the package was unpacked. @param {string} folder */
const whole = (folder) => ({ wasm: pathToFileURL(join(folder, WASM)) });

/** As the browsers say it (Chromium 156). */
const REFUSED = `WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because 'unsafe-eval' is not an allowed source of script`;

const { instantiate, Instance } = WebAssembly;

/** @param {import('node:test').TestContext} t */
function withoutWasm(t) {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly') ?? assert.fail();
  t.after(() => Object.defineProperty(globalThis, 'WebAssembly', own));
  delete (/** @type {any} */ (globalThis).WebAssembly);
}

/** In the place of `new WebAssembly.…`. @param {Error} error */
const throwing = (error) =>
  function refuse() {
    throw error;
  };

describe('E1: the translation takes over', () => {
  for (const [what, reason, answer, world = () => 1] of /** @type {[string, RegExp, () => Response, ((t: import('node:test').TestContext) => unknown)?][]} */ ([
    ['E10: the file is missing', /sign-in-with-x\.wasm answered 404$/, () => new Response('no such file', { status: 404 })],
    ['E10: the server fails', /sign-in-with-x\.wasm answered 503$/, () => new Response('', { status: 503 })],
    ['E10: a page stands in its place', /magic|expected/i, () => new Response('<!doctype html><title>A page</title>', { headers: { 'Content-Type': 'text/html' } })],
    ['the file is cut off', /CompileError|expected|end/i, () => new Response(wasm.subarray(0, wasm.length >> 1))],
    ['the file is damaged', /CompileError|Compiling|function/i, () => new Response(damaged())],
    ['the file is empty', /BufferSource|magic|empty/i, () => new Response('')],
    ['E13: the file is not the one whose hash was given', /integrity/, () => { throw new TypeError('Failed to fetch: integrity'); }],
    ['E12: the file is another version’s', /e-[0-9a-f]{8}/, () => new Response(nextRelease[WASM])],
    ['E2: a policy forbids it, and WebAssembly.validate says yes', /Content Security policy/, () => new Response(wasm), (t) => {
      assert.ok(WebAssembly.validate(wasm));
      t.mock.method(WebAssembly, 'instantiate', () => Promise.reject(new WebAssembly.CompileError(REFUSED)));
      return 1;
    }],
    ['there is no WebAssembly', /WebAssembly/, () => new Response(wasm), (t) => {
      withoutWasm(t);
      return 0;
    }],
    ['it traps as it begins', /unreachable/, () => new Response(wasm), (t) => {
      t.mock.method(WebAssembly, 'instantiate', () => Promise.reject(new WebAssembly.RuntimeError('unreachable')));
      return 1;
    }],
  ])) {
    test(`${what}; doctor() says so`, async (t) => {
      const copy = unpacked(t);
      const library = await copy.library();
      const fetch = served(t, answer);
      const tries = world(t);
      await library.init(whole(copy.folder));
      assertWorks(library);
      assert.deepEqual(fetch.mock.calls.map((call) => String(call.arguments[0]).split('/').at(-1)), Array(tries).fill(WASM), 'one try, where there is WebAssembly at all');
      assert.match((await reasonOf(t, library)) ?? '', reason);
    });
  }

  for (const [what, reason, world] of /** @type {[string, RegExp, (t: import('node:test').TestContext) => void][]} */ ([
    ['E2: a policy forbids it', /Content Security policy/, (t) => t.mock.method(WebAssembly, 'Module', throwing(new WebAssembly.CompileError(REFUSED)))],
    ['there is no WebAssembly', /WebAssembly/, withoutWasm],
    ['it traps as it begins', /unreachable/, (t) => t.mock.method(WebAssembly, 'Instance', throwing(new WebAssembly.RuntimeError('unreachable')))],
    ['a page may compile four kilobytes in a task, and nothing in another', /no threads/, (t) => {
      t.mock.method(WebAssembly, 'Module', throwing(new RangeError('larger than 4KB')));
      t.mock.method(WebAssembly, 'instantiate', () => Promise.reject(new Error('no threads')));
    }],
  ])) {
    test(`before the click, ${what}; doctor() says so`, async (t) => {
      const library = await unpacked(t).library();
      const fetch = served(t, () => assert.fail('something was asked for'));
      world(t);
      await library.init();
      assertWorks(library);
      assert.equal(fetch.mock.callCount(), 0, 'the whole one would fail as well');
      assert.match((await reasonOf(t, library)) ?? '', reason);
    });
  }

  test('E2: after one real attempt, and without it there is none: the translation is not even looked for', async (t) => {
    const copy = unpacked(t);
    rmSync(join(copy.folder, TRANSLATED));
    served(t, () => assert.fail('something was asked for'));
    const tries = ['Module', 'Instance', 'instantiate'].map((name) => t.mock.method(WebAssembly, /** @type {'Module'} */ (name)));
    const library = await copy.library();
    await library.init();
    assertWorks(library);
    assert.deepEqual(tries.map(({ mock }) => mock.callCount()), [1, 1, 0]);
    assert.equal(await reasonOf(t, library), undefined);
  });

  test('E7: 100 calls at once try once, and later ones not again', async (t) => {
    const copy = unpacked(t);
    const library = await copy.library();
    const fetch = served(t, () => new Response('', { status: 404 }));
    await Promise.all(Array.from({ length: 100 }, () => library.init(whole(copy.folder))));
    await library.init();
    assertWorks(library);
    assert.equal(fetch.mock.callCount(), 1);
  });
});

describe('init({ fallback })', () => {
  test('E10: never: wasm_unavailable, which names the address and its status; nothing else is loaded', async (t) => {
    const copy = unpacked(t, { ...release, [TRANSLATED]: Buffer.from('globalThis.translationLoaded = true;') });
    t.after(() => delete (/** @type {any} */ (globalThis).translationLoaded));
    const { init } = await copy.library();
    const fetch = served(t, () => new Response('', { status: 404 }));
    await assert.rejects(init({ ...whole(copy.folder), fallback: 'never' }), (/** @type {any} */ { code, message, cause }) => {
      assert.equal(code, 'wasm_unavailable');
      assert.match(message, /^The engine could not be loaded\. file:\S+sign-in-with-x\.wasm answered 404$/);
      assert.match(cause.message, /answered 404$/);
      return true;
    });
    assert.equal(/** @type {any} */ (globalThis).translationLoaded, undefined);
    // E7: the next call tries again.
    fetch.mock.restore();
    served(t, copy.serve);
    const { createPkcePair } = await copy.library();
    await init({ ...whole(copy.folder), fallback: 'never' });
    assert.ok(createPkcePair());
  });

  test('E10: never: also where a load is under way, as that of an element which was there first', async (t) => {
    const copy = unpacked(t);
    const { init } = await copy.library();
    served(t, () => new Response('', { status: 404 }));
    const begun = init(whole(copy.folder));
    await assert.rejects(init({ fallback: 'never' }), { code: 'wasm_unavailable' });
    await assert.rejects(begun, { code: 'wasm_unavailable' });
  });

  test('always: the translation at once, and WebAssembly is neither fetched nor touched', async (t) => {
    const library = await unpacked(t).library();
    const fetch = served(t, () => new Response(wasm));
    const own = Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly') ?? assert.fail();
    t.after(() => Object.defineProperty(globalThis, 'WebAssembly', own));
    Object.defineProperty(globalThis, 'WebAssembly', { configurable: true, get: () => assert.fail('WebAssembly was touched') });
    await library.init({ fallback: 'always' });
    assertWorks(library);
    assert.equal(fetch.mock.callCount(), 0);
    assert.match((await reasonOf(t, library)) ?? '', /fallback: "always"/);
  });

  test('E1 E7: neither loads: the error names both causes, and the next call tries both again', async (t) => {
    const copy = unpacked(t);
    rmSync(join(copy.folder, TRANSLATED));
    const library = await copy.library();
    const fetch = served(t, () => new Response('', { status: 404 }));
    const options = whole(copy.folder);
    const [first, second] = await Promise.allSettled([library.init(options), library.init(options)]);
    for (const { status, reason } of /** @type {PromiseRejectedResult[]} */ ([first, second])) {
      assert.equal(status, 'rejected');
      assert.equal(reason.code, 'wasm_unavailable');
      assert.match(reason.message, /sign-in-with-x\.wasm answered 404; .*chunk-translated\.js/);
      assert.equal(reason.cause.errors.length, 2);
    }
    assert.equal(fetch.mock.callCount(), 1);
    writeFileSync(join(copy.folder, TRANSLATED), release[TRANSLATED] ?? assert.fail());
    await library.init(options);
    assertWorks(library);
  });
});

describe('E12: files of two releases', () => {
  test('they differ in the name that the engine is linked by', () => {
    assert.equal(wasm.length, nextRelease[WASM]?.length);
    for (const name of [WASM, TRANSLATED]) assert.notDeepEqual(release[name], nextRelease[name]);
    const changed = Object.keys(release).filter((name) => name.startsWith('chunk-') && Buffer.compare(release[name] ?? assert.fail(), nextRelease[name] ?? assert.fail()));
    assert.equal(changed.length, 4, 'the scripts until the click, for pages and for Node, those after it, the translation');
  });

  test('each works by itself, and both at once on one page (E7)', async (t) => {
    const copies = [unpacked(t), unpacked(t, nextRelease)];
    for (const [index, copy] of copies.entries()) {
      served(t, copy.serve);
      const library = await copy.library();
      await library.init(index === 0 ? {} : { fallback: 'always' });
      assertWorks(library);
    }
    for (const copy of copies) assertWorks(await copy.library());
  });

  for (const [what, ours, theirs] of /** @type {const} */ ([['old scripts, a new engine', release, nextRelease], ['new scripts, an old engine', nextRelease, release]])) {
    test(`${what}: the translation takes over`, async (t) => {
      const copy = unpacked(t, { ...ours, [WASM]: theirs[WASM] ?? assert.fail() });
      served(t, copy.serve);
      const library = await copy.library();
      await library.init(whole(copy.folder));
      assertWorks(library);
      assert.match((await reasonOf(t, library)) ?? '', /e-[0-9a-f]{8}/);
    });

    test(`${what} and translation: wasm_unavailable, which names both`, async (t) => {
      const copy = unpacked(t, { ...ours, [WASM]: theirs[WASM] ?? assert.fail(), [TRANSLATED]: theirs[TRANSLATED] ?? assert.fail() });
      served(t, copy.serve);
      const { init, createPkcePair } = await copy.library();
      await assert.rejects(init(whole(copy.folder)), { code: 'wasm_unavailable', message: /e-[0-9a-f]{8}.*; file:\S+chunk-translated\.js is of another version/ });
      assert.throws(createPkcePair, { code: 'not_initialised' });
    });
  }
});

/** What the engine calls a fault of the page's: its own arguments, pointing nowhere. */
const NOWHERE = 0xfffffff0;

/**
 * Lets the next question trap, in the engine itself.
 * @param {WebAssembly.Exports} exports
 * @param {{ traps: number }} world
 */
const trapping = (exports, world) => ({
  ...exports,
  ask(/** @type {number} */ at, /** @type {number} */ pointer, /** @type {number} */ length) {
    const real = /** @type {Function} */ (exports.ask);
    if (world.traps === 0) return real(at, pointer, length);
    world.traps -= 1;
    return real(at, NOWHERE, NOWHERE);
  },
});

/** The same in a fake window, which has a WebAssembly of its own; `traps` is a global there. @param {{ globals: any }} window */
function trapsIn({ globals }) {
  vm.runInContext(`{
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...given) => {
      const { module, instance } = await instantiate.apply(WebAssembly, given);
      const ask = (at, ...rest) => (globalThis.traps > 0 ? (globalThis.traps -= 1, instance.exports.ask(at, ${NOWHERE}, ${NOWHERE})) : instance.exports.ask(at, ...rest));
      return { module, instance: { exports: { ...instance.exports, ask } } };
    };
  }`, globals);
}

describe('E8: an engine that traps', () => {
  test('one call fails with a typed error; the next is answered by a new instance, without a request', async (t) => {
    const world = { traps: 0 };
    const fetch = served(t, () => assert.fail('something was asked for'));
    // The first alone: the next answer is not the trapped one's, which would trap again.
    const made = t.mock.method(WebAssembly, 'Instance', function make(/** @type {any} */ module, /** @type {any} */ imports) {
      const { exports } = new Instance(module, imports);
      return { exports: made.mock.callCount() ? exports : trapping(exports, world) };
    });
    const library = await unpacked(t).library();
    await library.init();
    assertWorks(library);
    world.traps = Infinity;
    assert.throws(library.createPkcePair, (/** @type {any} */ { code, cause }) => {
      assert.equal(code, 'internal');
      assert.ok(cause instanceof WebAssembly.RuntimeError, String(cause));
      return true;
    });
    assertWorks(library);
    assert.equal(made.mock.callCount(), 2);
    await library.init();
    assert.deepEqual([made.mock.callCount(), fetch.mock.callCount()], [2, 0]);
  });

  test('where no instance may be made at once (Chromium below 114), init() makes the engine anew', async (t) => {
    const world = { traps: 0 };
    for (const name of ['Module', 'Instance']) t.mock.method(WebAssembly, /** @type {'Module'} */ (name), throwing(new RangeError(`WebAssembly.${name} is disallowed on the main thread, if the buffer size is larger than 4KB.`)));
    const made = t.mock.method(WebAssembly, 'instantiate', async (/** @type {any} */ bytes, /** @type {any} */ imports) => {
      const { module, instance } = await instantiate(bytes, imports);
      return { module, instance: { exports: trapping(instance.exports, world) } };
    });
    const library = await unpacked(t).library();
    await library.init();
    world.traps = 1;
    assert.throws(library.createPkcePair, { code: 'internal' });
    assert.throws(library.createPkcePair, { code: 'not_initialised' });
    await library.init();
    assertWorks(library);
    assert.equal(made.mock.callCount(), 2);
  });

  test('the translation is replaced as well', async (t) => {
    const world = { traps: 0 };
    /** @type {any} */ (globalThis).trap = () => {
      if (world.traps === 0) return;
      world.traps -= 1;
      throw new Error('abort');
    };
    t.after(() => delete (/** @type {any} */ (globalThis).trap));
    const copy = unpacked(t, { ...release, 'whole.js': release[TRANSLATED] ?? assert.fail() });
    // As wasm2js traps: by an error, before anything else.
    writeFileSync(join(copy.folder, TRANSLATED), `import { instantiate as make } from './whole.js';
      export const instantiate = (imports) => { const real = make(imports); return { ...real, memory: real.memory, ask: (...all) => (trap(), real.ask(...all)) }; };`);
    const library = await copy.library();
    await library.init({ fallback: 'always' });
    assertWorks(library);
    world.traps = 1;
    assert.throws(library.createPkcePair, { code: 'internal' });
    assertWorks(library);
  });

  test('C5 A22: what it remembered is gone with it: a popup that is waited for ends with an error, closes and is listened to no more', async () => {
    const browser = new Browser();
    const host = await browser.host({ loaded: false });
    trapsIn(host);
    await host.library.init({ wasm });
    const end = ending(host.client().signIn());
    await browser.pass(1000);
    assert.equal(end.said, 'waits');
    host.globals.traps = 1;
    assert.throws(host.library.createPkcePair, { code: 'internal' });
    await browser.pass(1000);
    assert.equal(end.said, 'internal');
    assert.equal(host.opened[0]?.wasClosed, true);
    assert.equal(browser.channels.open.size, 0);

    const next = ending(host.client().signIn());
    browser.callback(host.opened[1], 'code=abc');
    await browser.pass(1000);
    assert.deepEqual([next.said, browser.exchanges.length], ['ok ada', 1]);
  });

  test('C5 A22: it traps at a look at the popup itself: the same', async () => {
    const browser = new Browser();
    const host = await browser.host({ loaded: false });
    trapsIn(host);
    await host.library.init({ wasm });
    const end = ending(host.client().signIn());
    host.globals.traps = 1;
    await browser.pass(1000);
    assert.equal(end.said, 'internal');
    assert.equal(host.opened[0]?.wasClosed, true);
    assert.equal(browser.channels.open.size, 0);
  });
});
