/** custom-elements.json, by which editors know the elements, says what the code and the types do. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { SignInWithXElement } from '../../www/src/element.js';
import { SignInWithXPermissionsElement } from '../../www/src/permissions/index.js';
import { read, root } from './docs/markdown.mjs';
import { found, members } from './docs/sources.mjs';

const manifest = JSON.parse(read('pkg/custom-elements.json'));
const declarations = manifest.modules.flatMap((/** @type {any} */ module) => module.declarations);
const declared = (/** @type {string} */ tag) => declarations.find((/** @type {any} */ one) => one.tagName === tag) ?? assert.fail(tag);
const named = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name).sort();
const unique = (/** @type {string[]} */ list) => [...new Set(list)].sort();

/** What pages may use of a class: its accessors and methods, and not what browsers call. @param {Function} element */
const own = (element) => Object.getOwnPropertyNames(element.prototype).filter((name) => !/^constructor$|Callback$/.test(name)).sort();

describe('F14: custom-elements.json', () => {
  test('F14: is a manifest that the package names, of files that it has', () => {
    assert.match(manifest.schemaVersion, /^2\./);
    const { customElements } = JSON.parse(read('pkg/package.json'));
    assert.deepEqual(JSON.parse(read(join('pkg', customElements))), manifest);
    for (const { path, exports } of manifest.modules) {
      assert.ok(existsSync(join(root, 'pkg', path)), path);
      for (const { declaration } of exports) assert.ok(existsSync(join(root, 'pkg', declaration.module)), path);
    }
    const definitions = manifest.modules.flatMap((/** @type {any} */ { path, exports }) => exports.filter((/** @type {any} */ { kind }) => kind === 'custom-element-definition').map((/** @type {any} */ one) => [one.name, path]));
    assert.deepEqual(definitions, [['sign-in-with-x', 'define.js'], ['sign-in-with-x-permissions', 'permissions-define.js']]);
    for (const [, path] of definitions) assert.match(readFileSync(join(root, 'pkg', path), 'utf8'), /customElements/);
  });

  for (const [tag, element, types] of /** @type {const} */ ([
    ['sign-in-with-x', SignInWithXElement, 'element'],
    ['sign-in-with-x-permissions', SignInWithXPermissionsElement, 'permissions'],
  ])) {
    test(`F14: <${tag}> has the attributes, properties and methods of the code and of the types`, () => {
      const { attributes, members: listed, description, name } = declared(tag);
      // `return-to` changes nothing that is shown or running, so it is not observed, only read.
      const known = unique([...element.observedAttributes, ...(tag === 'sign-in-with-x' ? found('www/src/element.js', /this\.getAttribute\('([\w-]+)'\)/g) : [])]);
      assert.deepEqual(named(attributes), known);
      assert.deepEqual(named(listed), own(element));
      const typed = [...members(`www/types/${types}.d.ts`, name).keys()].filter((one) => one !== 'addEventListener');
      assert.deepEqual(named(listed), unique(typed));
      assert.ok(description.startsWith('The element '));
      for (const one of attributes) {
        const field = listed.find((/** @type {any} */ { attribute }) => attribute === one.name);
        assert.equal(field?.name, one.fieldName, one.name);
        assert.ok(one.type.text && one.description, one.name);
        const [, said] = /Default: `([^`]+)`/.exec(one.description) ?? [];
        assert.equal(one.default?.replaceAll("'", ''), said, one.name);
      }
    });
  }

  test('F14: words of a list are offered one by one', () => {
    const typeOf = (/** @type {string} */ name) => declared('sign-in-with-x').attributes.find((/** @type {any} */ one) => one.name === name).type.text;
    assert.equal(typeOf('flow'), `'auto' | 'popup' | 'redirect'`);
    assert.equal(typeOf('theme'), `'black' | 'white' | 'outline' | 'auto'`);
    assert.equal(typeOf('disabled'), 'boolean');
  });

  test('F14: events are those that the element makes', () => {
    const { events } = declared('sign-in-with-x');
    assert.deepEqual(named(events), unique(found('www/src/element.js', /#emit\('([\w-]+)'/g)));
    for (const { name, type, description } of events) assert.ok(/^CustomEvent</.test(type.text) && description, name);
  });

  test('F14: parts and custom properties are those that are drawn', () => {
    const button = declared('sign-in-with-x');
    const drawn = ['\\("part", Fixed\\("(\\w+)"\\)\\)', '"(notice) error"', '"notice (error)"'].flatMap((part) => found('src/button/view.rs', new RegExp(part, 'g')));
    assert.deepEqual(named(button.cssParts), unique([...drawn, ...found('www/src/identity.js', /\bmake\('\w+', '([\w-]+)'/g)]));
    const styled = ['src/button/style.rs', 'www/src/identity-style.js'].flatMap((path) => found(path, /var\((--sign-in-with-x-[\w-]+)/g));
    assert.deepEqual(named(button.cssProperties), unique(styled));

    const permissions = declared('sign-in-with-x-permissions');
    const parts = [...found('www/src/permissions/element.js', /part: '([\w-]+)'/g), ...found('www/src/permissions/nodes.js', /\['part', '([\w-]+)'\]/g)];
    assert.deepEqual(named(permissions.cssParts), unique(parts));
    assert.deepEqual(named(permissions.cssProperties), unique(found('www/src/permissions/style.js', /var\((--sign-in-with-x-[\w-]+)/g)));
  });
});
