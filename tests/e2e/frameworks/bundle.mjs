/**
 * Code to copy, bundled with a small app around it, as a developer would do it.
 * @module
 */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileScript, parse } from 'vue/compiler-sfc';
import { codeFor } from '../../../www/demo/playground-code.js';
import { DEFAULTS } from '../../../www/demo/playground-options.js';
import { read } from '../../glue/docs/markdown.mjs';

/** @typedef {'React 19' | 'React 18' | 'Vue'} Framework */

/** @typedef {{ framework: Framework, code: string }} Given */

const here = fileURLToPath(new URL('./', import.meta.url));

/** Where the framework is looked up: npm keeps two versions of React apart in a workspace. @param {Framework} framework */
const home = (framework) => (framework === 'React 18' ? `${here}react-18` : here);

/** The code block under a bold file name of the README. @param {string} name */
export function readme(name) {
  const [, code] = new RegExp(`^\\*\\*\`${name}\`\\*\\*[^]*?^\`\`\`\\w+\\n([^]*?)^\`\`\`$`, 'm').exec(read('README.md')) ?? [];
  if (code === undefined) throw new Error(`the README has no ${name}`);
  return code;
}

/** What the playground hands out. @param {'React' | 'Vue'} language @param {Record<string, string>} [changes] */
export const playground = (language, changes) => codeFor(language, { ...DEFAULTS, ...changes });

/** Stand in the bundle for what differs from test to test. */
const HERE = { clientId: 'the-client-id', redirectUri: 'https://the-callback.example/' };

/** Only ids and addresses are put in other places. @param {string} code */
const placed = (code) => code
  .replace(/(client-id="|clientId="|clientId: ')[^"']+/, `$1${HERE.clientId}`)
  .replace(/(redirect-uri="|redirectUri="|redirectUri: ')[^"']+/, `$1${HERE.redirectUri}`);

/** How the code that is handed out says that Vue's compiler has to be told of the element. */
function isCustomElement() {
  const [, rule] = /isCustomElement: (\(tag\) => tag === '[\w-]+')/.exec(playground('Vue')) ?? [];
  return new Function(`return ${rule}`)();
}

/** @param {string} source @param {boolean} ssr */
function compileVue(source, ssr) {
  const compilerOptions = source.includes('<sign-in-with-x') ? { isCustomElement: isCustomElement() } : {};
  // Vite's plugin, too, hands it to both: the parser says what is an element, the compiler how it is made.
  const { descriptor, errors } = parse(source, { filename: 'SignIn.vue', templateParseOptions: compilerOptions });
  if (errors[0]) throw errors[0];
  return compileScript(descriptor, { id: 'app', inlineTemplate: true, templateOptions: { ssr, ssrCssVars: [], compilerOptions } }).content;
}

/** Each is made once. @type {Map<string, Promise<string>>} */
const made = new Map();

/**
 * @param {string} shell a file beside this one
 * @param {Given} given imported by the shell as `the-code`
 * @param {{ clientId: string, redirectUri: string }} config
 * @param {'page' | 'server'} [side]
 * @returns {Promise<string>} one module
 */
export async function bundle(shell, given, { clientId, redirectUri }, side = 'page') {
  const key = JSON.stringify([shell, given, side]);
  const making = made.get(key) ?? make(shell, given, side);
  made.set(key, making);
  return (await making).replaceAll(HERE.clientId, clientId).replaceAll(HERE.redirectUri, redirectUri);
}

/** @param {string} shell @param {Given} given @param {'page' | 'server'} side */
async function make(shell, { framework, code }, side) {
  const { outputFiles } = await build({
    entryPoints: [`${here}${shell}`],
    bundle: true,
    write: false,
    format: side === 'page' ? 'esm' : 'cjs',
    platform: side === 'page' ? 'browser' : 'node',
    // The page's half makes an address of `import.meta.url` when it loads the engine: never on a server.
    // Of the other: that the package is a link into this repository, where esbuild takes it for code of ours.
    logOverride: { 'empty-import-meta': 'silent', 'ignored-bare-import': 'silent' },
    jsx: 'automatic',
    // Only then frameworks say what they do not like, and StrictMode mounts twice.
    define: { 'process.env.NODE_ENV': '"development"', __VUE_OPTIONS_API__: 'true', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true' },
    logLevel: 'warning',
    plugins: [
      {
        name: 'the-code',
        setup({ onResolve, onLoad, resolve }) {
          onResolve({ filter: /^the-code$/ }, () => ({ path: 'the-code', namespace: 'given' }));
          onLoad({ filter: /./, namespace: 'given' }, () => ({ contents: code.startsWith('<script') ? compileVue(placed(code), side === 'server') : placed(code), loader: 'jsx', resolveDir: here }));
          onResolve({ filter: /^react(?:-dom)?(?:\/|$)/ }, ({ path, kind, pluginData }) => (pluginData === 'found' ? undefined : resolve(path, { kind, resolveDir: home(framework), pluginData: 'found' })));
        },
      },
    ],
  });
  return outputFiles[0]?.text ?? '';
}
