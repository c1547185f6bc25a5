/** What a person is about to grant, as `permissions()` says it, and that the documents say the same of its element. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as index from '../../www/src/index.js';
import * as entry from '../../www/src/permissions/index.js';
import { LEVELS } from '../../www/src/permissions/levels.js';
import { isScope, permissions as simulated } from '../../www/simulator/scopes.js';
import { members, found } from './docs/sources.mjs';
import { chapters, names, quoted, read, table } from './docs/markdown.mjs';

const { SignInWithXPermissionsElement, links, permissions } = entry;

/** X's: 22 of its documentation and, last, 3 of its OpenAPI document alone. */
const SCOPES = [
  'tweet.read', 'tweet.write', 'tweet.moderate.write', 'users.email', 'users.read', 'follows.read', 'follows.write', 'offline.access',
  'space.read', 'mute.read', 'mute.write', 'like.read', 'like.write', 'list.read', 'list.write', 'block.read', 'block.write',
  'bookmark.read', 'bookmark.write', 'dm.read', 'dm.write', 'media.write', 'timeline.read', 'broadcast.read', 'broadcast.write',
];
const NOTHING = { view: [], do: [], other: [] };

/** @param {Partial<import('../../www/types/index.d.ts').Permissions>} some */
const only = (some) => ({ ...NOTHING, ...some });

describe('F8: permissions()', () => {
  test('F8: all 25 scopes have words, each under one heading, in the order of X’s documentation', () => {
    assert.equal(new Set(SCOPES).size, 25);
    const all = permissions(SCOPES);
    assert.deepEqual(all.other, []);
    assert.equal(new Set([...all.view, ...all.do]).size, 25, 'no two say the same');
    for (const scope of SCOPES) {
      const { view, do: does } = permissions([scope]);
      assert.equal(view.length + does.length, 1, scope);
      // To read is to view, and to write is to do.
      const [, , heading] = /(\.read|\.email)|(\.write|\.access)/.exec(scope) ?? [];
      assert.equal(does.length, heading ? 1 : 0, scope);
    }
    const order = (/** @type {'view' | 'do'} */ group) => SCOPES.flatMap((scope) => permissions([scope])[group]);
    assert.deepEqual([all.view, all.do], [order('view'), order('do')]);
  });

  test('F8: the words are those of the simulator’s consent page, which has them from X by itself', () => {
    for (const scope of SCOPES) {
      assert.ok(isScope(scope), scope);
      assert.deepEqual(permissions([scope]), only(simulated([scope])), scope);
    }
    const found = [...read('www/simulator/scopes.js').matchAll(/^ {2}'([\w.]+)': \[/gm)].map(([, name]) => name);
    assert.deepEqual(found, SCOPES, 'it knows no other');
    assert.deepEqual(permissions([...SCOPES].reverse()), only(simulated(SCOPES)));
  });

  test('F8: takes a list, or text with spaces as scopes are written; a scope asked for twice is granted once', () => {
    const expected = only({
      view: ['All the Tweets you can view, including Tweets from protected accounts.', 'Any account you can view, including protected accounts.'],
      do: ['Stay connected to your account until you revoke access.'],
    });
    for (const asked of [
      ['tweet.read', 'users.read', 'offline.access'],
      ['offline.access', 'users.read', 'tweet.read', 'users.read'],
      ['offline.access users.read', 'tweet.read'],
      'users.read tweet.read offline.access',
      '  offline.access\ttweet.read\n users.read tweet.read ',
    ]) assert.deepEqual(permissions(asked), expected);
    for (const nothing of ['', ' ', [], ['']]) assert.deepEqual(permissions(nothing), NOTHING);
  });

  test('F8: what X does not know is other, as it is, in the order in which it was asked for', () => {
    const strange = ['zebra.read', '<b>bold</b>', 'constructor', '__proto__', 'toString', 'TWEET.READ'];
    assert.deepEqual(permissions([...strange, 'media.write', 'zebra.read']), only({ do: ['Upload media.'], other: strange }));
  });

  test('F8: each level of OAuth 1.0a has all of the one before it, and the e-mail address comes on top', () => {
    const [read, write, messages] = /** @type {const} */ (['read', 'write', 'messages']).map((level) => permissions({ level }));
    assert.equal(read.view.length, 3);
    assert.deepEqual(read.do, []);
    assert.deepEqual(write.view, read.view);
    assert.equal(write.do.length, 5);
    assert.deepEqual(messages.view, read.view);
    assert.deepEqual(messages.do.slice(0, -1), write.do);
    assert.match(messages.do.at(-1) ?? '', /Direct Messages/);
    assert.ok(![...write.view, ...write.do].some((words) => words.includes('Direct Messages')));
    assert.deepEqual(permissions({ level: 'write', email: true }), { ...write, view: [...write.view, 'See your email address.'] });
    assert.deepEqual(permissions(/** @type {any} */ ({ level: 'admin' })), only({ other: ['admin'] }));
  });

  test('F8: nobody who keeps an answer changes the next one', () => {
    permissions(SCOPES).view.length = 0;
    permissions({ level: 'messages' }).view.length = 0;
    assert.ok(permissions(SCOPES).view.length > 0 && permissions({ level: 'read' }).view.length > 0);
  });

  test('F8: the links lead to X', () => {
    assert.deepEqual(Object.keys(links), ['connectedApps', 'sessions', 'help']);
    for (const link of Object.values(links)) assert.match(link, /^https:\/\/(?:help\.)?x\.com\/[\w/-]+$/);
    assert.deepEqual([...members('www/types/index.d.ts', 'Permissions').keys()], Object.keys(NOTHING));
  });

  test('F14: both entry points have the same functions', () => {
    for (const name of /** @type {const} */ (['links', 'permissions'])) assert.equal(index[name], entry[name]);
    const [, says] = table(read('README.md'), 'import').find(([first]) => first === '`sign-in-with-x/permissions`') ?? [];
    assert.deepEqual(quoted(says ?? '').sort(), Object.keys(entry).sort(), 'the README names them');
  });
});

describe('F14: the element of the permissions in the documents', () => {
  const readme = read('README.md');
  const source = 'www/src/permissions/element.js';

  test('F14: its attributes have the README’s properties, typed with the same default', () => {
    const rows = table(readme, 'attribute of `<sign-in-with-x-permissions>`');
    assert.deepEqual(names(rows), SignInWithXPermissionsElement.observedAttributes);
    const typed = members('www/types/permissions.d.ts', 'SignInWithXPermissionsElement');
    for (const [, property, values, standard] of rows) {
      const [name] = quoted(property);
      assert.ok(Object.hasOwn(SignInWithXPermissionsElement.prototype, name), `${name} is a property`);
      const [, said] = /Default: `?([^`]+?)`?\.$/.exec(typed.get(name) ?? '') ?? [];
      assert.equal(standard.replaceAll('`', ''), said, name);
      if (name === 'level') assert.deepEqual(quoted(values), LEVELS.map(([level]) => level));
    }
  });

  test('F14: what it asks for when nobody says is what a sign-in asks for', () => {
    const [sentence] = found(source, /^const SCOPE = '(.+)';$/gm);
    const [engine] = found('src/protocol/scope.rs', /^pub const DEFAULT_SCOPES: .*= \[(.+)\];$/gm);
    assert.deepEqual(sentence.split(' '), [...String(engine).matchAll(/"([\w.]+)"/g)].map(([, name]) => name));
  });

  test('F14: its parts and custom properties are the README’s', () => {
    const parts = ['element', 'nodes'].flatMap((name) => found(`www/src/permissions/${name}.js`, /\[?'?part'?(?::|,) '(\w+)'/g));
    assert.deepEqual(names(table(readme, 'part of `<sign-in-with-x-permissions>`')).sort(), [...new Set(parts)].sort());
    const used = new Set(found('www/src/permissions/style.js', /var\((--sign-in-with-x-[\w-]+)/g));
    assert.deepEqual(names(table(readme, 'custom property of `<sign-in-with-x-permissions>`')).sort(), [...used].sort());
    const typed = /Parts: ([^.]*)\./.exec(read('www/types/permissions.d.ts'))?.[1].replaceAll('\n *', '') ?? '';
    assert.deepEqual(quoted(typed), names(table(readme, 'part of `<sign-in-with-x-permissions>`')));
  });

  test('F14: the README has its two headings in X’s words', () => {
    const text = (chapters(readme).get('What the App may do') ?? '').replace(/\s+/g, ' ');
    for (const words of found(source, /^ {2}(?:view|do): '(.+)',$/gm)) assert.ok(text.includes(words), words);
  });

  test('F4: no name on the page is one that an ad blocker looks for', () => {
    const made = ['element', 'nodes', 'style'].flatMap((name) => [
      ...found(`www/src/permissions/${name}.js`, /(?:part|class|id): '([\w-]+)'/g),
      ...found(`www/src/permissions/${name}.js`, /\.([a-z][\w-]*)\{/g),
    ]);
    const all = [...made, ...SignInWithXPermissionsElement.observedAttributes, 'sign-in-with-x-permissions', ...Object.keys(NOTHING)];
    assert.ok(made.length > 5);
    for (const name of all) assert.doesNotMatch(name, /twitter|tweet|social|share|follow|connect|badge/);
  });
});
