/** The package as people get it: packed, installed into an empty project, used from there. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { build, transform } from 'esbuild';
import { anchors, chapters } from '../glue/docs/markdown.mjs';
import { expectedFiles, isShared } from './files.mjs';
import { packAndInstall, root, run } from './tarball.mjs';

/** @type {import('./tarball.mjs').Tarball} */
let tarball;

before(async () => {
  tarball = await packAndInstall();
});

after(() => tarball?.remove());

/** @param {string} name */
const read = (name) => readFile(join(tarball.installed, name), 'utf8');

/** The scripts we build; the simulator is shipped as it was written. */
const scripts = () => tarball.files.filter((name) => name.endsWith('.js') && !name.startsWith('simulator/'));

/** @param {string} contents @returns {import('esbuild').BuildOptions & { write: false }} */
const bundling = (contents) => ({ stdin: { contents, resolveDir: tarball.project }, bundle: true, write: false, outdir: tarball.project, logLevel: 'error' });

describe('the tarball', () => {
  test('holds exactly what is meant to be published', async () => {
    assert.deepEqual(tarball.files.filter((name) => !isShared(name)), await expectedFiles());
    const entries = tarball.files.filter((name) => name.endsWith('.js') && !name.includes('/'));
    const imported = new Set((await Promise.all(entries.map(read))).flatMap((text) => text.match(/chunk-[A-Z0-9]{8}\.js/g) ?? []));
    assert.deepEqual(tarball.files.filter(isShared), [...imported].sort(), 'what is shared is shared by somebody');
  });

  test('J5: has no dependency', () => {
    for (const field of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'bundledDependencies']) assert.equal(tarball.manifest[field], undefined, field);
    // The components import the host's own framework, and strict package managers allow only what is named. Optional: nobody
    // is made to install one.
    const { peerDependencies, peerDependenciesMeta } = tarball.manifest;
    assert.deepEqual(Object.keys(peerDependencies), ['react', 'vue']);
    assert.deepEqual(peerDependenciesMeta, { react: { optional: true }, vue: { optional: true } });
    assert.deepEqual(tarball.beside, ['sign-in-with-x'], 'npm has installed nothing else');
  });

  test('J5 J6: has no script that npm runs for whoever installs it', () => {
    // `prepack` runs for whoever packs (docs.npmjs.com, "Life Cycle Scripts"); those that an installation runs are others, and the
    // file binding.gyp, which stands for one.
    assert.deepEqual(Object.keys(tarball.manifest.scripts), ['prepack']);
    assert.ok(!tarball.files.includes('binding.gyp'));
  });

  test('every exported path exists, types first', () => {
    for (const [name, value] of Object.entries(tarball.manifest.exports)) {
      const paths = typeof value === 'string' ? [value] : Object.values(value);
      for (const path of paths) assert.ok(existsSync(join(tarball.installed, path)), `${name}: ${path}`);
      if (typeof value !== 'string') assert.equal(Object.keys(value)[0], 'types', name);
    }
  });

  test('E4: no entry point awaits at its top level', async () => {
    // esbuild refuses to turn such a module into a CommonJS one.
    for (const name of scripts().filter((name) => name !== 'bin.js')) await transform(await read(name), { format: 'cjs' });
  });

  test('E3: no script makes code out of text', async () => {
    for (const name of scripts()) {
      const [found] = (await read(name)).match(/\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(\s*["'`]/) ?? [];
      assert.equal(found, undefined, name);
    }
  });

  test('E5: one relative URL finds the whole engine, from beside it', async () => {
    const mentions = [];
    for (const name of scripts()) {
      for (const [, path] of (await read(name)).matchAll(/new URL\(["'`]([^"'`]*)["'`],\s*import\.meta\.url\)/g)) mentions.push(path);
    }
    // The page's, and Node's.
    assert.deepEqual(mentions.sort(), ['./sign-in-with-x.wasm', './sign-in-with-x.wasm']);
  });

  for (const minify of [false, true]) {
    test(`E5: the engine that a page has until the click is in its script, and a bundler that ${minify ? 'minifies' : 'does not minify'} leaves every byte of it`, async () => {
      const { outputFiles } = await build({ ...bundling(`export * from 'sign-in-with-x';`), minify, splitting: false, format: 'iife', globalName: 'library', define: { 'import.meta.url': '"https://app.example/"' } });
      /** @type {Uint8Array[]} */
      const compiled = [];
      class Module {
        constructor(/** @type {Uint8Array} */ bytes) {
          compiled.push(bytes);
        }
      }
      class Instance {
        exports = {};
      }
      const place = createContext({ WebAssembly: { Module, Instance }, TextEncoder, TextDecoder, URL });
      runInContext(`${outputFiles?.[0]?.text};globalThis.library = library;`, place);
      await place.library.init();
      assert.deepEqual(compiled.map((bytes) => Buffer.from(bytes)), [await readFile(join(root, 'www', 'generated', 'click', 'engine.wasm'))]);
    });
  }

  test('E5 E11: whatever bundles the element makes one file of what its button needs', async () => {
    const { outputFiles, metafile } = await build({ ...bundling(`import 'sign-in-with-x/define';`), splitting: true, format: 'esm', metafile: true });
    const [[, first] = assert.fail()] = Object.entries(metafile?.outputs ?? {}).filter(([, { entryPoint }]) => entryPoint);
    assert.deepEqual(first.imports.filter(({ kind }) => kind === 'import-statement'), []);
    assert.equal(first.imports.filter(({ kind }) => kind === 'dynamic-import').length, 5, 'what comes later: words, chip, ending, translation, doctor');
    assert.equal(outputFiles?.length, 6);
  });

  test('the callback page loads one script, which imports nothing', async () => {
    assert.doesNotMatch(await read('callback.js'), /\bimport\b|\bexport\b|\brequire\b/);
  });

  test('the callback page’s sheet asks for nothing else', async () => {
    assert.doesNotMatch(await read('callback.css'), /@import|url\(/);
  });

  test('every relative link of its documents leads somewhere inside it', async () => {
    const links = [];
    for (const name of tarball.files.filter((file) => file.endsWith('.md'))) {
      for (const [, link] of (await read(name)).matchAll(/\]\(([^)\s]+)\)/g)) {
        const [file, anchor] = link.split('#');
        if (/^\w+:/.test(link)) continue;
        const target = file ? join(dirname(name), file) : name;
        assert.ok(tarball.files.includes(target), `${name}: ${link}`);
        if (anchor) assert.ok(anchors(await read(target)).includes(anchor), `${name}: ${link}`);
        links.push(target);
      }
    }
    for (const name of ['ERRORS.md', 'SECURITY.md', 'simulator/README.md']) assert.ok(links.includes(name), name);
  });

  test('its README leaves out what only the repository has, and nothing else', async () => {
    const titles = async (/** @type {string} */ path) => [...chapters(await readFile(path, 'utf8')).keys()];
    const whole = await titles(join(root, 'README.md'));
    const left = whole.filter((title) => !['See it run', 'What is where'].includes(title));
    assert.ok(left.length < whole.length);
    assert.deepEqual(await titles(join(tarball.installed, 'README.md')), left);
    assert.doesNotMatch(await read('README.md'), /<!--/);
  });

  test('no file tells where it was built', async () => {
    for (const name of tarball.files) {
      const content = await readFile(join(tarball.installed, name));
      assert.equal(content.indexOf(root), -1, name);
      assert.equal(content.indexOf('/.cargo/'), -1, name);
    }
  });
});

describe('the one file for a script tag', () => {
  const name = 'dist/sign-in-with-x.js';

  test('E13: has the hash that the README packed with it says', async () => {
    const hash = createHash('sha384').update(await readFile(join(tarball.installed, name))).digest('base64');
    const said = [...(await read('README.md')).matchAll(/integrity="([^"]*)"/g)].map(([, integrity]) => integrity);
    assert.deepEqual(said, [`sha384-${hash}`]);
  });

  test('E5 E4: holds the functions of the module and the engine byte for byte, and runs where there is no page', async () => {
    /** @type {Uint8Array[]} */
    const compiled = [];
    const instantiate = async (/** @type {Uint8Array} */ bytes) => ({ instance: { exports: compiled.push(bytes) } });
    const place = createContext({ WebAssembly: { instantiate }, TextEncoder, TextDecoder, URL });
    runInContext(await read(name), place);
    const { define, SignInWithXElement, ...functions } = place.SignInWithX;
    const module = await import(join(tarball.installed, 'index.js'));
    assert.deepEqual(Object.keys(functions).sort(), Object.keys(module).sort());
    define();
    await functions.init();
    assert.deepEqual(compiled.map((bytes) => Buffer.from(bytes)), [await readFile(join(tarball.installed, 'sign-in-with-x.wasm'))]);
  });

  test('E5: is a classic script in ASCII, that asks for nothing', async () => {
    const text = await readFile(join(tarball.installed, name), 'latin1');
    assert.doesNotMatch(text, /[^\x01-\x7f]/);
    // What is no classic script cannot be compiled as one.
    runInContext(`() => {${text}}`, createContext());
    assert.doesNotMatch(text, /\bimport\.meta/);
    // The translation, where WebAssembly does not run; it lies beside the script.
    const later = [...text.matchAll(/\bimport\s*\([^)]*\)/g)].map(([call]) => call);
    assert.equal(later.length, 1);
    const translation = createHash('sha384').update(await readFile(join(tarball.installed, 'dist', 'chunk-translated.js'))).digest('base64');
    assert.ok(text.includes('"chunk-translated.js"') && text.includes(`"sha384-${translation}"`), 'E13: it is of the same build');
  });
});

describe('E4: importing under Node touches nothing', () => {
  const entries = {
    'sign-in-with-x': ['init', 'createPkcePair', 'createSignIn', 'SignInError', 'permissions', 'links'],
    'sign-in-with-x/define': [],
    'sign-in-with-x/element': [],
    'sign-in-with-x/permissions': ['SignInWithXPermissionsElement', 'permissions', 'links'],
    'sign-in-with-x/permissions/define': ['SignInWithXPermissionsElement'],
    'sign-in-with-x/react': ['SignInWithX', 'useSignInWithX'],
    'sign-in-with-x/vue': ['SignInWithX', 'useSignInWithX'],
    'sign-in-with-x/server': ['createHandler'],
    'sign-in-with-x/server/node': ['toNodeListener'],
    'sign-in-with-x/simulator': ['SimulatorStateError', 'startSimulator'],
  };

  const hosts = ['react', 'vue'];

  for (const [entry, expected] of Object.entries(entries)) {
    test(entry, async () => {
      const host = hosts.filter((name) => entry.endsWith(`/${name}`));
      for (const name of host) await symlink(join(root, 'node_modules', name), join(tarball.project, 'node_modules', name));
      const seen = JSON.parse(await run(process.execPath, ['import-quietly.mjs', entry, ...host], tarball.project));
      for (const name of expected) assert.ok(seen.exports.includes(name), `${name} is exported`);
      const { changed, requests, listeners, timers } = seen;
      assert.deepEqual({ changed, requests, listeners, timers }, { changed: [], requests: [], listeners: 0, timers: 0 });
    });
  }
});

describe('J6: what npm publishes', () => {
  test('J6: is the same whenever it is packed', async () => {
    const again = join(tarball.project, 'again');
    await mkdir(again);
    const [packed] = JSON.parse(await run('npm', ['pack', '--json', '--pack-destination', again], join(root, 'pkg')));
    assert.deepEqual(await readFile(join(again, packed.filename)), await readFile(tarball.path));
  });

  test('J6: is not a clone that nobody has built, and the refusal says what to do', async () => {
    // As git has it: the manifest alone.
    const clone = join(tarball.project, 'clone');
    await mkdir(clone);
    await copyFile(join(root, 'pkg', 'package.json'), join(clone, 'package.json'));
    for (const command of [['pack'], ['publish', '--dry-run']]) {
      const refused = await run('npm', command, clone).then(() => assert.fail('it was packed'), (error) => error);
      assert.match(refused.stderr, /sign-in-with-x is not built \(index\.js, .*\)\. Run npm run build in the repository first\./, command.join(' '));
    }
    assert.deepEqual(await readdir(clone), ['package.json']);
  });
});

describe('E4 E11: what a bundler drops', () => {
  /** @param {string} contents */
  const bundle = async (contents) => {
    const stdin = { contents, resolveDir: tarball.project };
    const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', minify: true, write: false, external: ['react', 'vue'], logOverride: { 'ignored-bare-import': 'silent' } });
    return outputFiles[0].text;
  };

  test('E4 E11: an import of functions that nobody uses is nothing, of what registers is kept', async () => {
    const { sideEffects, exports } = tarball.manifest;
    const kept = [];
    for (const [name, target] of Object.entries(exports)) {
      if (/\.(?:css|wasm|json)$/.test(name) || /server|simulator/.test(name)) continue;
      const text = await bundle(`import '${join('sign-in-with-x', name)}';`);
      if (text !== '') kept.push(/** @type {any} */ (target).default);
    }
    assert.deepEqual(kept, ['./define.js', './permissions-define.js', './callback.js', './dist/sign-in-with-x.js']);
    // What registers under Node, and a sheet.
    assert.deepEqual(sideEffects, ['./define.js', './define-node.js', './permissions-define.js', './callback.js', './callback.css', './dist/sign-in-with-x.js']);
    assert.match(await bundle(`import 'sign-in-with-x/define';`), /customElements\.define\("sign-in-with-x"/);
  });

  test('E11: a component without its hook, and a hook without its component, is smaller', async () => {
    for (const framework of ['react', 'vue']) {
      const use = (/** @type {string} */ names) => bundle(`import { ${names} } from 'sign-in-with-x/${framework}'; console.log(${names});`);
      const [both, component] = [await use('SignInWithX, useSignInWithX'), await use('SignInWithX')];
      assert.ok(component.includes('sign-in-with-x.wasm') && component.length < both.length, framework);
    }
  });

  test('E14: Metro gets what it can parse, and who calls it is told', async () => {
    const resolveDir = tarball.project;
    for (const name of ['sign-in-with-x', 'sign-in-with-x/define', 'sign-in-with-x/element', 'sign-in-with-x/react']) {
      const stdin = { contents: `export * from '${name}';`, resolveDir };
      const { outputFiles } = await build({ stdin, bundle: true, format: 'cjs', write: false, conditions: ['react-native'], mainFields: ['react-native', 'main'], platform: 'neutral', logLevel: 'error' });
      const { text } = outputFiles[0];
      assert.doesNotMatch(text, /import\.meta|WebAssembly\.\w|import\(/, name);
      const module = { exports: /** @type {any} */ ({}) };
      new Function('module', 'exports', text)(module, module.exports);
      const { createSignIn, init, permissions } = module.exports;
      assert.throws(() => createSignIn({ clientId: 'x', redirectUri: 'y' }), /needs a browser: React Native has no document.*Use a native OAuth 2\.0 client/);
      await assert.rejects(init(), /React Native/);
      assert.deepEqual(permissions('users.read').view, ['Any account you can view, including protected accounts.']);
    }
  });
});

describe('an installed package', () => {
  test('E11: whoever does not show the permissions does not bundle their words', async () => {
    const bundle = async (/** @type {string} */ contents) => {
      const stdin = { contents, resolveDir: tarball.project };
      const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', write: false, logLevel: 'error' });
      return outputFiles[0].text;
    };
    const words = 'until you revoke access';
    assert.ok((await bundle(`import { permissions } from 'sign-in-with-x'; console.log(permissions(''));`)).includes(words));
    assert.ok(!(await bundle(`import { createSignIn } from 'sign-in-with-x'; console.log(createSignIn);`)).includes(words));
    assert.ok(!(await bundle(`import 'sign-in-with-x/define';`)).includes(words));
    const apart = await bundle(`import 'sign-in-with-x/permissions/define';`);
    assert.ok(apart.includes(words) && !apart.includes('WebAssembly'), 'nor do those who do bundle the engine');
  });

  test('types every entry point', async () => {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    await run(process.execPath, [tsc, '-p', tarball.project], tarball.project).catch((error) => assert.fail(error.stdout));
  });

  test('types resolve the way bundlers resolve them', async () => {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const bundler = ['--module', 'esnext', '--moduleResolution', 'bundler'];
    await run(process.execPath, [tsc, '-p', tarball.project, ...bundler], tarball.project).catch((error) => assert.fail(error.stdout));
  });

  test('gives the command sign-in-with-x', async () => {
    const help = await run('npx', ['--no-install', 'sign-in-with-x', 'simulator', '--help'], tarball.project);
    assert.match(help, /^Usage: sign-in-with-x simulator/);
  });

  test('gives the engine to those who load it themselves', async () => {
    const code = `import { readFileSync } from 'node:fs'; import { fileURLToPath } from 'node:url';
      const path = fileURLToPath(import.meta.resolve('sign-in-with-x/sign-in-with-x.wasm'));
      console.log(WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(path))).length > 0);`;
    assert.equal(await run(process.execPath, ['--input-type=module', '-e', code], tarball.project), 'true\n');
  });
});
