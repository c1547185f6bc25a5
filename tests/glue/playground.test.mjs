// What the playground hands out: code that is right, for every option there is.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { transformSync } from 'esbuild';
import { codeFor, LANGUAGES } from '../../www/demo/playground-code.js';
import { CHOICES, DEFAULTS, SCOPES } from '../../www/demo/playground-options.js';
import { SignInWithXElement } from '../../www/src/element.js';
import { SCOPES as KNOWN } from '../../www/src/permissions/scopes.js';
import { names, quoted, read, table } from './docs/markdown.mjs';

const attributes = table(read('README.md'), 'attribute');

test('F13: every choice offers the words of the README’s attribute, the default first', () => {
  for (const { name, words } of CHOICES) {
    const [, , listed, standard] = attributes.find(([first]) => first === `\`${name}\``) ?? assert.fail(name);
    assert.deepEqual([...words], quoted(listed ?? ''), name);
    assert.equal(standard, `\`${words[0]}\``, name);
  }
});

test('every attribute that looks or asks is in the playground; what needs a backend is not', () => {
  const others = ['client-id', 'redirect-uri', 'exchange', 'return-to', 'identity', 'restore', 'start'];
  const offered = Object.keys(DEFAULTS);
  assert.deepEqual(names(attributes).filter((name) => !others.includes(name)).sort(), offered.sort());
  for (const name of offered) assert.ok(SignInWithXElement.observedAttributes.includes(name), name);
});

test('what is at its default is not in the code', () => {
  for (const language of LANGUAGES) {
    const code = codeFor(language, DEFAULTS).replaceAll('<script type="module"', '');
    assert.match(code, /YOUR_CLIENT_ID/);
    for (const name of Object.keys(DEFAULTS)) assert.ok(!new RegExp(`\\s${name}(?::|=")`).test(code), `${language} ${name}`);
  }
});

/** Everything changed, with a label that tries to break out. */
const changed = { ...DEFAULTS, theme: 'outline', size: 'small', locale: 'ja', width: 'fluid', disabled: 'true', flow: 'popup', scope: 'users.read', label: `"'><b>\\` };

test('the module is a program that says what was chosen', () => {
  const code = codeFor('Module', changed).replace(/^import .*\n/, '');
  const said = /** @type {any[]} */ ([]);
  const createSignIn = (/** @type {object} */ options) => {
    said.push(options);
    return { renderButton: (/** @type {unknown} */ _, /** @type {object} */ looks) => said.push(looks) };
  };
  new Function('createSignIn', 'document', code)(createSignIn, { querySelector() {} });
  const [options, { onResult, onError, ...looks }] = said;
  assert.deepEqual({ ...options }, { clientId: 'YOUR_CLIENT_ID', redirectUri: 'https://example.com/auth/x/callback', flow: 'popup', locale: 'ja', scopes: 'users.read' });
  assert.deepEqual(looks, { theme: 'outline', size: 'small', width: 'fluid', disabled: true, label: changed.label });
  assert.deepEqual([typeof onResult, typeof onError], ['function', 'function']);
});

test('React’s is a component with the attributes', () => {
  const { code } = transformSync(codeFor('React', changed), { loader: 'jsx', format: 'esm' });
  for (const part of ['"client-id": "YOUR_CLIENT_ID"', 'theme: "outline"', 'disabled: true', 'ref: button']) assert.ok(code.includes(part), `${part} in ${code}`);
});

test('B6: words of one’s own stay inside their attribute', () => {
  for (const language of /** @type {const} */ (['HTML', 'React', 'Vue'])) {
    assert.match(codeFor(language, changed), /label="&quot;'>&lt;b>\\"|label="&quot;'&gt;&lt;b&gt;\\"/, language);
  }
});

test('F8: the scopes on offer are those that the permission list knows', () => {
  assert.deepEqual(SCOPES, Object.keys(KNOWN));
});
