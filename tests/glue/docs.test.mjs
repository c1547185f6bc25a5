/** README.md and the other documents say what the code says. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ENGINES } from '../e2e/harness/engines.mjs';
import { CALLBACK, contentSecurityPolicy } from '../../www/demo/server/headers.mjs';
import { SignInWithXElement } from '../../www/src/element.js';
import * as index from '../../www/src/index.js';
import { run } from '../../www/tools/run.mjs';
import { anchors, chapters, documents, names, quoted, read, root, table } from './docs/markdown.mjs';
import { found, members, union, values, wordsOf } from './docs/sources.mjs';

const readme = read('README.md');
const manifest = JSON.parse(read('pkg/package.json'));
const attributes = table(readme, 'attribute');
const camelCase = (/** @type {string} */ name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** @param {string} cell */
const plain = (cell) => cell.replaceAll('`', '');

test('every attribute of the element is in the README, and no other', () => {
  // `return-to` changes nothing that is shown or running, so it is not observed, only read.
  const read = found('www/src/element.js', /this\.getAttribute\('([\w-]+)'\)/g);
  assert.deepEqual(names(attributes).sort(), [...new Set([...SignInWithXElement.observedAttributes, ...read])].sort());
});

test('every attribute has the README’s property, typed with the same default', () => {
  const typed = members('www/types/element.d.ts', 'SignInWithXElement');
  for (const [attribute, property, , standard] of attributes) {
    const name = plain(property);
    assert.equal(name, camelCase(plain(attribute)));
    assert.ok(Object.hasOwn(SignInWithXElement.prototype, name), `${name} is a property`);
    assert.ok(typed.has(name), `${name} is typed`);
    const comment = typed.get(name) ?? '';
    const said = comment.startsWith('Required.') ? 'required' : (/Default: `?([^`]+?)`?(?:\.(?= |$)|$)/.exec(comment)?.[1] ?? 'as wide as its words');
    assert.equal(plain(standard), said, name);
  }
});

test('the words that an attribute takes are the engine’s, the default first', () => {
  const kinds = { type: 'Kind', theme: 'Theme', size: 'Size', shape: 'Shape', text: 'Text', 'logo-alignment': 'LogoAlignment' };
  for (const [attribute, name] of Object.entries(kinds)) {
    const [, , listed, standard] = attributes.find(([first]) => plain(first) === attribute) ?? [];
    assert.deepEqual(quoted(listed ?? ''), wordsOf(name), attribute);
    assert.equal(plain(standard ?? ''), wordsOf(name)[0], attribute);
  }
});

test('events, their types and the README agree; so do the states', () => {
  assert.deepEqual(names(table(readme, 'event')), [...members('www/types/element.d.ts', 'SignInWithXEventMap').keys()]);
  const emitted = new Set(found('www/src/element.js', /#emit\('([\w-]+)'/g));
  assert.deepEqual(new Set(names(table(readme, 'event'))), emitted);
  const states = quoted(table(readme, 'event').find(([name]) => name === '`sign-in-state`')?.[2] ?? '').filter((word) => word !== 'state');
  assert.deepEqual(states, union('www/types/index.d.ts', 'SignInState'));
  assert.deepEqual(states, wordsOf('Activity'));
});

test('parts and custom properties are the button’s', () => {
  // The notice is another part as well when a sign-in went wrong.
  const drawn = ['\\("part", Fixed\\("(\\w+)"\\)\\)', '"(notice) error"', '"notice (error)"'].flatMap((part) => found('src/button/view.rs', new RegExp(part, 'g')));
  const identity = found('www/src/identity.js', /\bmake\('\w+', '([\w-]+)'/g);
  assert.equal(identity.length, 5);
  assert.deepEqual(names(table(readme, 'part')).sort(), [...drawn, ...identity].sort());
  const used = new Set(['src/button/style.rs', 'www/src/identity-style.js'].flatMap((path) => found(path, /var\((--sign-in-with-x-[\w-]+)/g)));
  assert.deepEqual(names(table(readme, 'custom property')).sort(), [...used].sort());
  const notice = table(readme, 'part').find(([name]) => plain(name) === 'notice')?.[1] ?? '';
  for (const word of found('src/button/label.rs', /^pub const (?:AGAIN|CANCEL): &str = (".+");$/gm)) assert.ok(notice.includes(word), word);
});

test('what the callback page looks for on its page is in the README', () => {
  const text = chapters(readme).get('The callback page') ?? '';
  const ids = found('www/src/callback.js', /getElementById\('([\w-]+)'\)/g);
  const settings = found('www/src/callback.js', /dataset\.(\w+)/g).map((name) => `data-${name}`);
  assert.ok(ids.length > 0 && settings.length > 0);
  for (const name of [...ids, ...settings]) assert.ok(quoted(text).includes(name), name);
});

test('the functions are the same in the code, the types and the README', () => {
  const listed = names(table(readme, 'export')).sort();
  assert.deepEqual(listed, Object.keys(index).sort());
  assert.deepEqual(listed, values('www/types/index.d.ts').sort());
  const methods = names(table(readme, 'method of `createSignIn()`')).sort();
  const client = index.createSignIn({ clientId: '', redirectUri: '' });
  const own = [client, Object.getPrototypeOf(client)].flatMap((object) => Object.getOwnPropertyNames(object));
  assert.deepEqual(methods, own.filter((name) => name !== 'constructor').sort());
  assert.deepEqual(methods, [...members('www/types/index.d.ts', 'SignIn').keys()].sort());
});

test('the options are the same in the types and the README', () => {
  for (const [file, name, heading] of [
    ['www/types/index.d.ts', 'SignInOptions', 'option of `createSignIn()`'],
    ['www/types/server.d.ts', 'HandlerOptions', 'option of `createHandler()`'],
  ]) {
    const typed = members(file, name);
    assert.deepEqual(names(table(readme, heading)), [...typed.keys()]);
  }
});

test('H1: every finding of doctor() is in the types and the README', () => {
  const listed = names(table(readme, 'finding'));
  const made = new Set(found('www/src/doctor.js', /'((?:engine|callback|scopes|start|exchange|attribute)_\w+)'/g));
  // Two are put together from the header's name.
  for (const name of found('www/src/doctor.js', /\['([a-z]+-[a-z]+)', '/g)) made.add(`callback_${name.replace('-', '_')}`);
  assert.deepEqual(new Set(listed), made);
  const typed = quoted(members('www/types/index.d.ts', 'Finding').get('code') ?? '').filter((word) => word.includes('_'));
  assert.deepEqual(listed, typed);
});

test('every entry point of the package is in the README, with its exports', async () => {
  const entries = Object.keys(manifest.exports).map((name) => join('sign-in-with-x', name));
  assert.deepEqual(names(table(readme, 'import')), entries);
  for (const [entry, says] of table(readme, 'import')) {
    const file = { 'sign-in-with-x/server': 'server', 'sign-in-with-x/server/node': 'server-node', 'sign-in-with-x/simulator': 'simulator' }[plain(entry)];
    if (file) assert.deepEqual(quoted(says), values(`www/types/${file}.d.ts`), entry);
  }
  assert.deepEqual(Object.keys(manifest.bin), ['sign-in-with-x']);
  assert.match(readme, /^npx sign-in-with-x simulator$/m);
});

test('F1 E3: the policy that the README asks for is the one that the demo lives under', () => {
  const policies = [true, false].map((wasm) => contentSecurityPolicy({ html: '', wasm, avatars: '' }).split('; '));
  for (const [name, ...columns] of table(readme, 'directive')) {
    policies.forEach((policy, index) => {
      const [asked] = quoted(columns[index]);
      const demo = policy.find((directive) => directive.startsWith(`${plain(name)} `)) ?? '';
      for (const source of (asked ?? '').split(' ')) assert.ok(demo.split(' ').includes(source) || source === '', `${name} ${source}`);
      if (plain(name) === 'script-src') assert.equal(demo.trim(), `script-src ${asked}`);
    });
  }
});

test('E5: the README’s vite.config.js hands on what the backend serves, and nothing of the callback page', async () => {
  const [, code = ''] = /^\*\*`vite\.config\.js`\*\*[^]*?^```js\n([^]*?)^```$/m.exec(readme) ?? [];
  const { default: config } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const [, served = ''] = /\[([^\]]+)\]\.includes\(path\)/.exec(readme) ?? [];
  assert.equal(Object.keys(config.server.proxy).map((path) => `'${path}'`).join(', '), served);
  assert.deepEqual([config.server.headers, config.preview.headers], [CALLBACK, CALLBACK]);
  assert.equal(config.preview.port, config.server.port);
});

test('E11: the sizes in the README are those of the package, give or take five percent', async () => {
  const { output } = await run(process.execPath, ['www/tools/size.mjs']);
  const measured = ['until the button works', 'from the click on', 'chunk-translated.js', 'chunk-words.js', 'chunk-identity.js', 'callback.js', 'dist/sign-in-with-x.js'].map((name) => {
    const line = output.split('\n').find((row) => row.startsWith(`${name} `)) ?? '';
    return line.slice(name.length).trim().split(/\s+/).map((number) => Number(number.replaceAll(',', '')));
  });
  const [head, ...rows] = [...(chapters(readme).get('Size') ?? '').matchAll(/^\|(.*)\|$/gm)].map(([, row]) => row.split('|').slice(1).map((cell) => cell.trim()));
  assert.deepEqual(head, ['raw', 'gzip', 'brotli']);
  const stated = rows.slice(1).map((row) => row.map((number) => Number(number.replaceAll(',', ''))));
  assert.equal(stated.length, measured.length);
  stated.forEach((row, line) => row.forEach((number, column) => {
    const truth = measured[line][column];
    assert.ok(truth > 0 && Math.abs(number - truth) <= truth * 0.05, `${number} is stated, ${truth} measured`);
  }));
});

test('the constants in ARCHITECTURE.md have the values in the code', () => {
  const rows = table(read('ARCHITECTURE.md'), 'constant');
  assert.ok(rows.length > 5);
  for (const [name, value, file] of rows) {
    const [said] = found(plain(file), new RegExp(`const ${plain(name)}\\b[^=]*= ([\\d_]+);`, 'g'));
    assert.equal(Number(value.replaceAll('_', '')), Number(String(said).replaceAll('_', '')), `${name} in ${file}`);
  }
});

test('ARCHITECTURE.md knows what a record holds, and how a message looks', () => {
  const text = read('ARCHITECTURE.md');
  const [, written] = /let names =\s+"([^"]*)"/.exec(read('src/protocol/transaction.rs')) ?? [];
  const [, listed] = /A record holds ([^;]*);/.exec(text) ?? [];
  assert.deepEqual(quoted(listed ?? ''), written?.split(' '));
  const words = found('src/protocol/envelope.rs', /^pub const \w+: &str = "([^"]+)";$/gm);
  assert.equal(words.length, 2);
  for (const word of words) assert.ok(quoted(text).includes(word), word);
});

test('E11: ARCHITECTURE.md names the budgets', () => {
  const budgets = /** @type {{ brotli: number }[]} */ (Object.values(JSON.parse(read('www/tools/size/budget.json'))));
  assert.equal(budgets.length, 5);
  for (const { brotli } of budgets) assert.match(read('ARCHITECTURE.md'), new RegExp(`${brotli.toLocaleString('en')}\\s+bytes`));
});

test('the README says of each engine whether it is run', () => {
  const text = chapters(readme).get('Compatibility') ?? '';
  for (const { title } of Object.values(ENGINES)) assert.match(text, new RegExp(`^\\| ${title} [^|]*\\| yes \\|`, 'm'));
});

test('examples/README.md lists every example, and every setting that they read', () => {
  const text = read('examples/README.md');
  const listed = table(text, 'example').map(([cell]) => /\[([^\]]+)\]/.exec(cell)?.[1]);
  const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  assert.deepEqual(listed.toSorted(), examples.filter((name) => !['README.md', 'site.mjs'].includes(name)).sort());
  const settings = new Set(found('examples/site.mjs', /\benv\.([A-Z_]+)/g));
  assert.deepEqual(names(table(text, 'variable')).sort(), [...settings, 'PORT'].sort());
  assert.deepEqual(new Set(found('examples/axum/main.rs', /(?:given|var)\("([A-Z_]+)"\)/g)), new Set([...settings, 'PORT']));
  for (const name of examples) {
    if (name.endsWith('.mjs')) for (const port of found(`examples/${name}`, /\b(?:process\.env\.|env\.get\(')([A-Z_]+)/g)) assert.equal(port, 'PORT', name);
  }
});

/** What is mounted on no runtime of its own: the text, the common part, the page in Rust, and the site with its tests. */
const BESIDE = ['README.md', 'rust-page', 'site.mjs', 'vitest'];

test('each runtime has its section, and the lines there are those of its example', () => {
  const text = chapters(read('examples/README.md')).get('Runtime by runtime') ?? '';
  const sections = text.split(/^### /m).slice(1);
  const shown = sections.map((section) => /** @type {string} */ (/\]\(([\w./-]+)\)(?![^]*\]\()/.exec(section)?.[1]));
  assert.deepEqual(shown.map((path) => path.split('/')[0]).sort(), readdirSync(join(root, 'examples')).filter((name) => !BESIDE.includes(name)).sort());
  for (const [index, section] of sections.entries()) {
    const code = /^```js\n([^]*?)^```/m.exec(section)?.[1] ?? '';
    const at = shown[index].startsWith('next/') ? 'next/app/auth/x/[...route]/route.js' : shown[index];
    for (const line of code.split('\n')) assert.ok(read(`examples/${at}`).includes(line), `${at}: ${line}`);
  }
});

test('K: the lines on tests, in the examples’ README and in the simulator’s, are those of the example', () => {
  const written = read('examples/vitest/sign-in.test.mjs').split('\n');
  for (const [path, chapter] of [['examples/README.md', 'In your tests'], ['www/simulator/README.md', 'In tests']]) {
    const [, code = ''] = /^```js\n([^]*?)^```/m.exec(chapters(read(path)).get(chapter) ?? '') ?? [];
    const lines = code.split('\n').map((line) => line.trim()).filter((line) => line !== '' && line !== '// …');
    assert.ok(lines.length > 1, path);
    for (const line of lines) assert.ok(written.some((each) => each.trim() === line), `${path}: ${line}`);
  }
});

for (const path of documents) {
  test(`${path}: every link, every file and every script that it names exists`, () => {
    const text = read(path).replace(/^```[^]*?^```$/gm, '');
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link)) continue;
      const [file, anchor] = link.split('#');
      const target = file ? join(dirname(path), file) : path;
      assert.ok(existsSync(join(root, target)), link);
      if (anchor) assert.ok(anchors(read(target)).includes(anchor), link);
    }
    for (const word of quoted(text)) {
      if (/^(?:src|www|tests|examples|\.ci)\/[\w./-]*$/.test(word)) assert.ok(existsSync(join(root, word)), word);
    }
    const scripts = { ...JSON.parse(read('package.json')).scripts };
    for (const [, name] of read(path).matchAll(/\bnpm (?:run )?(?!install|pack|ci\b)([a-z0-9:]+)/g)) {
      if (name !== 'package') assert.ok(name in scripts, `npm run ${name}`);
    }
  });
}

test('no document names a file of the package that is not published', () => {
  for (const name of ['README.md', 'ERRORS.md', 'SECURITY.md']) assert.ok(manifest.files.includes(name), name);
});
