/**
 * Step `js`: the modules of www/src into the files of the package. Everything lies at the root of pkg/, because the
 * loader finds the engine by `new URL('./sign-in-with-x.wasm', import.meta.url)`, the one form every bundler follows.
 */
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { at, generated, pkg, root } from '../paths.mjs';
import { engineModule } from './engine-text.mjs';
import { engines, filesOf } from './engines.mjs';
import { minified } from './minify.mjs';
import { BuildError } from './step.mjs';

/**
 * For files that run in a terminal: for an error that nobody catches Node writes out the line that threw it, and one of the
 * engine's would be half a megabyte in which the message drowns.
 */
const lineLimit = 160;

/**
 * The entry points, as the package exports them, and their sources. They take all that a page has before the click from
 * `first.js`, so that it is one chunk, whichever of them a page loads.
 */
const together = { index: 'index.js', define: 'define.js', element: 'element-entry.js' };

/** The components. They take the others from beside them, and the framework from the host. */
const frameworks = { react: 'react.js', vue: 'vue.js' };

/** The same for the package's condition `node`: the engine is read from disk (www/src/engine/download-node.js). @param {string} name */
const forNode = (name) => `${name}-node`;

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  outdir: pkg,
};

/** @type {import('esbuild').BuildOptions} */
const shared = { format: 'esm', splitting: true, chunkNames: 'chunk-[hash]' };

const source = (/** @type {string} */ path) => at('www', 'src', path);

const [, , click] = engines;

/** The engine until the click is in the script; its characters come after the minifiers. @param {string} module @returns {import('esbuild').Plugin} */
const within = (module) => ({
  name: 'within',
  setup({ onLoad }) {
    onLoad({ filter: /\/generated\/click\/text\.js$/ }, () => ({ contents: module }));
  },
});

/** What a page asks for later, if at all: a module that imports nothing of the rest, by the name that its `import()` gives. */
const later = { './words.js': 'languages/words.js', './identity.js': 'identity.js', './translated.js': 'engine/translated.js' };

/** The same, but named by what they hold, because they fit the first file of their own release only. */
const fitting = { '../ending.js': 'ending.js', './doctor.js': 'doctor.js' };

/** @param {string} name */
const nameOfLater = (name) => name.replace('./', 'chunk-');

/** @param {Record<string, string>} names of files by what `import()` says @returns {import('esbuild').Plugin} */
const apart = (names) => ({
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ kind, path }) => {
      if (kind !== 'dynamic-import' || !Object.hasOwn(names, path)) return undefined;
      return { path: `./${names[path]}`, external: true };
    });
  },
});

/** The backend's half without text to compile: the package's condition `workerd`. @type {import('esbuild').Plugin} */
const compiledBefore = {
  name: 'compiled-before',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/compiled\.js$/ }, () => ({ path: source('server/compiled-workerd.js') }));
  },
};

/** What is another file under Node. */
const nodeHas = { './download.js': 'engine/download-node.js', './surroundings.js': 'surroundings-node.js' };

/** @type {import('esbuild').Plugin} */
const underNode = {
  name: 'under-node',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(?:download|surroundings)\.js$/ }, ({ importer, path }) =>
      // That file itself may build upon the browser's.
      importer.endsWith('-node.js') ? undefined : { path: source(nodeHas[/** @type {keyof typeof nodeHas} */ (path)]) },
    );
  },
};

/** One copy of the element and the functions, whoever imports them. @param {(name: string) => string} [named] @returns {import('esbuild').Plugin} */
const besides = (named = (name) => name) => ({
  name: 'besides',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/(index|element)\.js$/ }, ({ path }) => ({ path: `./${named(path.slice(2, -3))}.js`, external: true, sideEffects: false }));
  },
});

/** @param {Record<string, string>} sources by the names of the entry points @param {(name: string) => string} [named] */
const entries = (sources, named = (name) => name) => Object.entries(sources).map(([name, path]) => ({ in: source(path), out: named(name) }));

/** What pages load from the click on. @type {import('esbuild').BuildOptions} */
const afterwards = { ...common, format: 'esm', entryPoints: Object.values(fitting).map(source), entryNames: shared.chunkNames };

/**
 * What else pages load.
 * @param {import('esbuild').Plugin[]} plugins for those who have all that comes before the click
 * @returns {import('esbuild').BuildOptions[]}
 */
const forPages = (plugins) => [
  // What two entry points share goes to a chunk of its own: a page that uses both loads it, and runs it, once.
  { ...common, ...shared, entryPoints: entries(together), plugins },
  { ...common, ...shared, entryPoints: entries(together, forNode), plugins: [...plugins, underNode], external: ['node:*'] },
  ...[undefined, forNode].map((named) => ({
    ...common,
    format: /** @type {const} */ ('esm'),
    entryPoints: entries(frameworks, named),
    plugins: [besides(named)],
    external: Object.keys(frameworks),
  })),
  { ...common, format: 'esm', entryPoints: [source('react-native.js')] },
  // Apart: esbuild would move its helper into a chunk of its own, which every page with a button would have to ask for.
  ...Object.entries(later).map(([name, path]) => ({
    ...common,
    format: /** @type {const} */ ('esm'),
    entryPoints: [{ in: source(path), out: nameOfLater(name).replace(/\.js$/, '') }],
  })),
  {
    ...common,
    ...shared,
    entryPoints: [
      { in: source('permissions/index.js'), out: 'permissions' },
      { in: source('permissions/define.js'), out: 'permissions-define' },
    ],
  },
  // A classic script and a module alike, so that the callback page may load it either way.
  { ...common, entryPoints: [source('callback.js')], format: 'iife' },
];

/** What backends load. @returns {import('esbuild').BuildOptions[]} */
const forBackends = () => [
  {
    ...common,
    entryPoints: [
      { in: source('server/index.js'), out: 'server' },
      { in: source('server/node.js'), out: 'server-node' },
    ],
    format: 'esm',
    lineLimit,
  },
  {
    ...common,
    entryPoints: [{ in: source('server/index.js'), out: 'server-workerd' }],
    format: 'esm',
    lineLimit,
    plugins: [compiledBefore],
    external: ['./sign-in-with-x-server.wasm'],
  },
];

/** The translated engine is left as it is: it has been through wasm2js's own optimiser, and terser makes it 126 bytes (brotli) bigger. @param {string} name @param {string} text */
const smaller = (name, text) => (name === 'chunk-translated.js' ? text : minified(text, { module: name !== 'callback.js' }));

/** The engines that are files, by the names that the scripts know them by. @type {Partial<Record<import('./engines.mjs').Engine['name'], string>>} */
export const wasm = { browser: 'sign-in-with-x.wasm', server: 'sign-in-with-x-server.wasm' };

/**
 * What is handed over (www/src/given.js) and imported all the same would be there twice: two classes of one name, two states.
 * @param {import('esbuild').BuildResult<{ metafile: true }>} after
 * @param {import('esbuild').BuildResult<{ metafile: true }>[]} firsts
 */
function noneTwice(after, firsts) {
  const later = Object.values(after.metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  for (const { metafile } of firsts) {
    const all = [...Object.keys(metafile.inputs), ...later];
    const twice = all.find((input, at) => all.indexOf(input) !== at);
    if (twice) throw new BuildError(`${twice} is in two files of what a page has: hand it over, as www/src/given.js does`);
  }
}

/** @returns {import('./step.mjs').Step} */
export const javascript = () => ({
  name: 'js',
  label: 'js',
  code: import.meta.url,
  inputs: [at('www', 'src'), generated, at('package-lock.json'), ...['minify.mjs', 'engine-text.mjs'].map((name) => at('www', 'tools', 'build', name))],
  outputs: [
    ...[...[...Object.keys(together), ...Object.keys(frameworks)].flatMap((name) => [name, forNode(name)]), 'react-native', 'permissions', 'permissions-define', 'callback', 'server', 'server-node', 'server-workerd'].map((name) => `${name}.js`),
    ...Object.values(wasm),
  ].map((name) => join(pkg, name)),
  async run() {
    const { build } = await import('esbuild');
    mkdirSync(pkg, { recursive: true });
    // Chunks are named by their content: old ones would stay beside the new.
    for (const name of readdirSync(pkg)) {
      if (name.startsWith('chunk-')) rmSync(join(pkg, name));
    }
    const { module, place, filled } = engineModule(readFileSync(filesOf(click).optimised));
    const after = await build({ ...afterwards, metafile: true, write: false });
    /** @param {string} path */
    const builtOf = (path) => {
      const [name] = Object.entries(after.metafile.outputs).find(([, { entryPoint }]) => entryPoint && at(entryPoint) === source(path)) ?? [];
      if (!name) throw new BuildError(`esbuild has built nothing of ${path}`);
      return basename(name);
    };
    const names = {
      ...Object.fromEntries(Object.keys(later).map((name) => [name, nameOfLater(name)])),
      ...Object.fromEntries(Object.entries(fitting).map(([name, path]) => [name, builtOf(path)])),
    };
    const [first, firstOfNode, ...others] = await Promise.all(forPages([apart(names), within(module)]).map((options) => build({ ...options, metafile: true, write: false })));
    if (!first || !firstOfNode) throw new BuildError('there is no first file');
    noneTwice(after, [first, firstOfNode]);
    const pages = [after, first, firstOfNode, ...others];
    let filledIn = 0;
    // A chunk keeps the name that esbuild gave it by what it said before: it says the same.
    for (const { outputFiles } of pages) {
      for (const { path, text } of outputFiles ?? []) {
        const script = await smaller(basename(path), text);
        const hasEngine = text.includes(place);
        if (hasEngine) filledIn += 1;
        writeFileSync(path, hasEngine ? filled(script) : script);
      }
    }
    if (filledIn !== 2) throw new BuildError(`the engine is in ${filledIn} files: it belongs into the first one, and into Node’s`);
    const results = [...pages, ...(await Promise.all(forBackends().map((options) => build(options))))];
    for (const engine of engines) {
      const name = wasm[engine.name];
      if (name) copyFileSync(filesOf(engine).optimised, join(pkg, name));
    }
    // What each source file contributes, for `npm run size`.
    const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile?.outputs));
    writeFileSync(at('target', 'javascript.json'), JSON.stringify(outputs, null, 2));
  },
});
