// The button in a shadow root, where others have been before it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dress, patch } from '../../www/src/engine/draw.js';
import { drawable } from './fake/dom.mjs';

const STEPS = 'tag=button&part=button&without=disabled&tag=svg&part=mark&tag=path&d=M&end=&end=&tag=span&part=label&text=Sign+in&end=&end=&tag=span&role=status&text=&end=';

/** @param {any} node @returns {any} */
const outline = ({ tag, attributes, children, textContent }) => [tag, attributes.part ?? attributes.role, children.length ? children.map(outline) : textContent];
const BUTTON = [['button', 'button', [['svg', 'mark', [['path', undefined, '']]], ['span', 'label', 'Sign in']]], ['span', 'status', '']];

/** @param {import('node:test').TestContext} t @param {string[]} tags of what is there already */
function rootWith(t, tags) {
  const document = drawable();
  const before = Object.getOwnPropertyDescriptor(globalThis, 'document');
  Object.defineProperty(globalThis, 'document', { value: document, configurable: true });
  t.after(() => (before ? Object.defineProperty(globalThis, 'document', before) : delete (/** @type {any} */ (globalThis).document)));
  const root = /** @type {any} */ (document.makeRoot());
  for (const tag of tags) root.insertBefore(document.createElementNS('', tag), null);
  return root;
}

test('F5 F9: an extension’s sheets before the button are left alone, at the first drawing and at the next', (t) => {
  const root = rootWith(t, ['style', 'style']);
  patch(root, STEPS);
  assert.deepEqual(root.children.map(outline), [...BUTTON, ['style', undefined, ''], ['style', undefined, '']]);
  root.children.unshift(...root.children.splice(2));
  patch(root, STEPS.replace('Sign+in', 'Wait'));
  assert.deepEqual(root.children.map((/** @type {any} */ { tag }) => tag), ['style', 'style', 'button', 'span']);
  assert.deepEqual(root.children[0].attributes, {});
  assert.equal(root.children[2].children[1].textContent, 'Wait');
});

test('F10: a space before a server’s button is no button', (t) => {
  const root = rootWith(t, []);
  patch(root, STEPS);
  const [button] = root.children;
  // A text node has neither a tag nor attributes.
  root.children.unshift(Object.assign(Object.create(null), { nextSibling: button, textContent: '\n' }));
  patch(root, STEPS);
  assert.equal(root.children[1], button);
  assert.equal(root.children.length, 3);
});

test('F2: a root in another window’s document, which takes no sheet of this one’s, keeps its own', (t) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'CSSStyleSheet');
  Object.defineProperty(globalThis, 'CSSStyleSheet', { value: class { replaceSync() {} }, configurable: true });
  t.after(() => (before ? Object.defineProperty(globalThis, 'CSSStyleSheet', before) : delete (/** @type {any} */ (globalThis).CSSStyleSheet)));
  let removed = 0;
  const querySelectorAll = () => [{ remove: () => removed++ }];
  const foreign = { querySelectorAll, get adoptedStyleSheets() { return []; }, set adoptedStyleSheets(_) { throw new DOMException('', 'NotAllowedError'); } };
  dress(/** @type {any} */ (foreign), () => '');
  assert.equal(removed, 0);
  const own = { querySelectorAll, adoptedStyleSheets: [] };
  dress(/** @type {any} */ (own), () => '');
  assert.deepEqual([removed, own.adoptedStyleSheets.length], [1, 1]);
});
