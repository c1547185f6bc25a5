/**
 * Step `script-tag`: `dist/sign-in-with-x.js`, all that a page needs in one classic script. Its modules are those of the
 * package, except that the engine is text in it, and that nothing is loaded later: a second request costs more than what it
 * would save.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { at, generated, pkg, root } from '../paths.mjs';
import { engineModule } from './engine-text.mjs';
import { filesOf } from './engines.mjs';
import { minified } from './minify.mjs';
import { BuildError } from './step.mjs';

export const scriptTag = join(pkg, 'dist', 'sign-in-with-x.js');

const folder = at('www', 'src', 'script-tag');

/** Where www/src/engine/load.js finds the engine otherwise. */
const ADDRESS = "new URL('./sign-in-with-x.wasm', import.meta.url)";

/** How it asks whether the whole engine has to come before a click. There is no other here, so it always has to. */
const QUESTION = 'isExpected()';

/** What nearly nobody needs, by the names that `import()` has for it, and that it has beside the script. @type {Record<string, string>} */
const BESIDE = { './translated.js': 'chunk-translated.js' };

/** @param {import('./engines.mjs').Engine} engine @returns {import('./step.mjs').Step} */
export const oneFile = (engine) => {
  const { optimised } = filesOf(engine);
  const besides = Object.values(BESIDE).map((name) => /** @type {const} */ ([name, join(dirname(scriptTag), name)]));
  return {
    name: 'script-tag',
    label: 'script-tag',
    code: import.meta.url,
    inputs: [at('www', 'src'), generated, optimised, at('pkg', 'package.json'), at('www', 'tools', 'build', 'engine-text.mjs'), at('www', 'tools', 'build', 'minify.mjs'), at('package-lock.json')],
    outputs: [scriptTag, ...besides.map(([, to]) => to)],
    async run() {
      const { module, filled } = engineModule(readFileSync(optimised));
      const integrities = Object.fromEntries(besides.map(([name]) => [name, integrityOf(readFileSync(join(pkg, name)))]));
      const script = await minified(await bundled(module, integrities), { format: { ascii_only: true } });
      const { version, license } = JSON.parse(readFileSync(at('pkg', 'package.json'), 'utf8'));
      mkdirSync(dirname(scriptTag), { recursive: true });
      writeFileSync(scriptTag, `/* sign-in-with-x ${version}, ${license} */\n${filled(script)}`, 'latin1');
      for (const [name, to] of besides) copyFileSync(join(pkg, name), to);
      console.log(`build: dist/sign-in-with-x.js has the integrity ${integrityOf(readFileSync(scriptTag))}`);
    },
  };
};

/** For the attribute `integrity` (Subresource Integrity §3.5). @param {Uint8Array} bytes */
export const integrityOf = (bytes) => `sha384-${createHash('sha384').update(bytes).digest('base64')}`;

/** @param {string} module the one with the engine @param {Record<string, string>} integrities */
async function bundled(module, integrities) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(folder, 'index.js')],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    charset: 'ascii',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [inOneFile(module, integrities)],
  });
  const [output] = Object.values(metafile.outputs);
  const unused = Object.entries(output?.inputs ?? {}).find(([input, { bytesInOutput }]) => input.includes('/click/') && bytesInOutput > 0);
  if (unused) throw new BuildError(`nothing can use ${unused[0]} in one file`);
  return outputFiles[0]?.text ?? '';
}

/** @param {string} engine the module with it @param {Record<string, string>} integrities @returns {import('esbuild').Plugin} */
const inOneFile = (engine, integrities) => ({
  name: 'in-one-file',
  setup({ onResolve, onLoad }) {
    // The glue does something when it is loaded, so it would stay though nobody calls it.
    onResolve({ filter: /\/generated\/click\/engine_bg\.js$/ }, () => ({ path: join(generated, 'browser', 'engine_bg.js') }));
    // The whole one stands where a package has the other.
    onResolve({ filter: /\/generated\/click\/text\.js$/ }, () => ({ path: 'whole', namespace: 'engine' }));
    onLoad({ filter: /.*/, namespace: 'engine' }, () => ({ contents: engine }));
    onLoad({ filter: /\/www\/src\/.*\.js$/ }, ({ path }) => ({ contents: allAtOnce(readFileSync(path, 'utf8'), integrities) }));
  },
});

/**
 * A module that loads nothing later: what it would `import('…')` comes with it (esbuild would put a function around each such
 * module), and the engine's address is the engine: the whole one, which answers what the click's does. What else wants to know
 * where it is cannot be in one file.
 * @param {string} module
 * @param {Record<string, string>} [integrities] of the files beside it
 */
export function allAtOnce(module, integrities = {}) {
  const source = ts.createSourceFile('module.js', module, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  /** @type {{ from: number, to: number, text: string, needs: string }[]} */
  const changes = [];
  /** @param {ts.Node} node */
  const look = (node) => {
    const from = node.getStart();
    const to = node.getEnd();
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [path] = node.arguments;
      if (!path || !ts.isStringLiteral(path)) throw new BuildError(`nobody knows what ${node.getText()} will load`);
      const name = BESIDE[path.text];
      if (name) changes.push({ from, to, text: `beside_here('${name}', '${integrities[name]}').then((checked) => import(checked))`, needs: `import { beside as beside_here } from ${JSON.stringify(join(folder, 'beside.js'))};` });
      else changes.push({ from, to, text: `Promise.resolve(later_${from})`, needs: `import * as later_${from} from ${path.getText()};` });
    } else if (ts.isCallExpression(node) && node.getText() === QUESTION) {
      changes.push({ from, to, text: 'true', needs: '' });
    } else if (ts.isNewExpression(node) && node.getText() === ADDRESS) {
      changes.push({ from, to, text: 'engine_here()', needs: `import { engine as engine_here } from ${JSON.stringify(join(folder, 'engine.js'))};` });
    } else if (ts.isMetaProperty(node)) throw new BuildError(`a classic script has no ${node.getText()}`);
    else ts.forEachChild(node, look);
  };
  look(source);
  let text = module;
  for (const change of changes.reverse()) text = text.slice(0, change.from) + change.text + text.slice(change.to);
  return `${text}\n${[...new Set(changes.map(({ needs }) => needs))].join('\n')}`;
}
