/**
 * The consumers: each row is a project that somebody could have, built on the packed package.
 * @module
 */

/**
 * @typedef {object} Row
 * @property {string} name what `--only` selects
 * @property {string} title for people; the version is put behind it
 * @property {string} project its folder
 * @property {'visit' | 'run'} kind a person signs in on its page; or it is a program that has to end well
 * @property {string} [version] the package whose version is told
 * @property {string[]} [shares] more folders that its own is completed with
 * @property {string[][]} [build] programs, one after the other
 * @property {string[]} [folders] what is served: files
 * @property {string[]} [serve] or a program
 * @property {boolean} [routes] it has the backend half in routes of its own
 * @property {string} [node] the Node that it needs, where this one is older
 * @property {boolean} [quick] with `npm test`
 * @property {string} [needs] a file of the package without which there is nothing to try
 * @property {string} [below] the package of node_modules that depends on ours, in a folder of the project
 * @property {string} [edits] a file that is changed while it is served
 * @property {'node' | 'bun' | 'deno' | 'workerd'} [runtime] what imports it, and has to stay as it was
 * @property {string} [does] what came of it, where nobody signs in
 * @property {string} [note] what the project had to do for the engine
 */

/** Programs of node_modules, run by Node itself. @param {string} path @param {...string} args */
const node = (path, ...args) => ['node', `node_modules/${path}`, ...args];

const NODE_24 = '24.21.0';

/** @type {Row[]} */
export const ROWS = [
  { name: 'vite-dev', title: 'Vite, development server', project: 'vite', kind: 'visit', version: 'vite', shares: ['src'], serve: node('vite/bin/vite.js', '--host', '127.0.0.1', '--port', 'PORT', '--strictPort'), edits: 'src/main.js' },
  { name: 'vite', title: 'Vite', project: 'vite', kind: 'visit', version: 'vite', shares: ['src'], build: [node('vite/bin/vite.js', 'build')], folders: ['dist'], quick: true },
  { name: 'webpack', title: 'webpack', project: 'webpack', kind: 'visit', version: 'webpack', shares: ['src'], build: [node('webpack-cli/bin/cli.js')], folders: ['dist', 'public'] },
  { name: 'rollup', title: 'Rollup', project: 'rollup', kind: 'visit', version: 'rollup', shares: ['src'], build: [node('rollup/dist/bin/rollup', '-c')], folders: ['dist', 'public'], quick: true, note: '`@web/rollup-plugin-import-meta-assets`' },
  { name: 'esbuild', title: 'esbuild', project: 'esbuild', kind: 'visit', version: 'esbuild', shares: ['src'], build: [['node', 'build.js']], folders: ['dist', 'public'], quick: true, note: 'a copy beside the bundle' },
  { name: 'parcel', title: 'Parcel', project: 'parcel', kind: 'visit', version: 'parcel', shares: ['src'], build: [node('parcel/lib/bin.js', 'build', 'index.html', 'auth/x/callback.html', '--no-cache')], folders: ['dist'] },
  { name: 'rspack', title: 'Rspack', project: 'rspack', kind: 'visit', version: '@rspack/core', shares: ['src'], build: [node('@rspack/cli/bin/rspack.js', 'build')], folders: ['dist', 'public'] },
  { name: 'import-map', title: '`<script type="module">` with an import map', project: 'import-map', kind: 'visit', shares: ['src'], folders: ['public', '.'], quick: true },
  { name: 'script-tag', title: '`<script src>`, nothing else', project: 'script-tag', kind: 'visit', folders: ['.'], quick: true, needs: 'dist/sign-in-with-x.js' },
  { name: 'transitive-dev', title: 'as a dependency of a dependency, Vite, development server', project: 'transitive', kind: 'visit', version: 'vite', below: 'component', serve: node('vite/bin/vite.js', '--host', '127.0.0.1', '--port', 'PORT', '--strictPort') },
  { name: 'transitive', title: 'as a dependency of a dependency, Vite', project: 'transitive', kind: 'visit', version: 'vite', below: 'component', build: [node('vite/bin/vite.js', 'build')], folders: ['dist'], quick: true },
  { name: 'next', title: 'Next.js, App Router, Turbopack', project: 'next', kind: 'visit', version: 'next', shares: ['backend'], routes: true, build: [['node', 'backend/copy.js', 'public'], node('next/dist/bin/next', 'build')], serve: node('next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', 'PORT') },
  { name: 'next-webpack', title: 'Next.js, App Router, webpack', project: 'next', kind: 'visit', version: 'next', shares: ['backend'], routes: true, build: [['node', 'backend/copy.js', 'public'], node('next/dist/bin/next', 'build', '--webpack')], serve: node('next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', 'PORT') },
  { name: 'sveltekit', title: 'SvelteKit', project: 'sveltekit', kind: 'visit', version: '@sveltejs/kit', shares: ['backend'], routes: true, node: NODE_24, build: [['node', 'backend/copy.js', 'static'], node('vite/bin/vite.js', 'build')], serve: ['node', 'build/index.js'] },
  { name: 'nuxt', title: 'Nuxt', project: 'nuxt', kind: 'visit', version: 'nuxt', shares: ['backend'], routes: true, node: NODE_24, build: [['node', 'backend/copy.js', 'public'], node('nuxt/bin/nuxt.mjs', 'build')], serve: ['node', '.output/server/index.mjs'] },
  { name: 'astro', title: 'Astro', project: 'astro', kind: 'visit', version: 'astro', shares: ['backend'], routes: true, node: NODE_24, build: [['node', 'backend/copy.js', 'public'], node('astro/bin/astro.mjs', 'build')], serve: ['node', 'dist/server/entry.mjs'] },
  { name: 'vitest', title: 'Vitest with jsdom', project: 'vitest', kind: 'run', does: 'draws the button, opens the popup', version: 'vitest', build: [node('vitest/vitest.mjs', 'run')], quick: true, needs: 'define-node.js' },
  { name: 'node-20', title: 'Node', project: 'runtimes', kind: 'run', does: 'imports', runtime: 'node', node: '20.20.2', quick: true },
  { name: 'node-22', title: 'Node', project: 'runtimes', kind: 'run', does: 'imports', runtime: 'node', node: '22.23.2', quick: true },
  { name: 'node-24', title: 'Node', project: 'runtimes', kind: 'run', does: 'imports', runtime: 'node', node: NODE_24, quick: true },
  { name: 'bun', title: 'Bun', project: 'runtimes', kind: 'run', does: 'imports', runtime: 'bun', quick: true },
  { name: 'deno', title: 'Deno', project: 'runtimes', kind: 'run', does: 'imports', runtime: 'deno', quick: true },
  { name: 'workerd', title: 'workerd', project: 'runtimes', kind: 'run', does: 'imports', runtime: 'workerd', quick: true },
];
