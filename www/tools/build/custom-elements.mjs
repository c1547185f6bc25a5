/**
 * Step `manifest`: custom-elements.json, by which editors and documentation tools know the elements (Custom Elements
 * Manifest 2.1, github.com/webcomponents/custom-elements-manifest). Made from the types and their comments, and, for what
 * has no types, from the README's tables. That these say what the code does is for tests/glue/manifest.test.mjs and docs.test.mjs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { names, table } from '../markdown.mjs';
import { at, pkg } from '../paths.mjs';
import { BuildError } from './step.mjs';

/** @typedef {{ name: string, type: string, comment: string, readonly: boolean, method: boolean, parameters: { name: string, type: string, optional: boolean }[] }} Member */

/** Two tables of the README may have one heading: the second one names its element. */
const ELEMENTS = [
  {
    tag: 'sign-in-with-x',
    name: 'SignInWithXElement',
    file: 'element',
    registers: 'define.js',
    of: '',
    events: 'SignInWithXEventMap',
    slot: 'What people see before the engine is there, and where scripts do not run. A click on it starts a sign-in.',
  },
  {
    tag: 'sign-in-with-x-permissions',
    name: 'SignInWithXPermissionsElement',
    file: 'permissions',
    registers: 'permissions-define.js',
    of: ' of `<sign-in-with-x-permissions>`',
    slot: 'What people see before the element is defined, and where scripts do not run.',
  },
];

const typesOf = (/** @type {string} */ file) => at('www', 'types', `${file}.d.ts`);

/** @returns {import('./step.mjs').Step} */
export const customElements = () => ({
  name: 'manifest',
  label: 'manifest',
  code: import.meta.url,
  inputs: [at('README.md'), at('www', 'tools', 'markdown.mjs'), ...['index', ...ELEMENTS.map(({ file }) => file)].map(typesOf)],
  outputs: [join(pkg, 'custom-elements.json')],
  async run() {
    writeFileSync(join(pkg, 'custom-elements.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
  },
});

export async function manifest() {
  const { default: ts } = await import('typescript');
  const readme = readFileSync(at('README.md'), 'utf8');
  return { schemaVersion: '2.1.0', readme: 'README.md', modules: ELEMENTS.flatMap((element) => modulesOf(element, readme, declarationsOf(ts, typesOf(element.file)))) };
}

/** @param {typeof ELEMENTS[number]} element @param {string} readme @param {Map<string, { comment: string, members: Member[] }>} declared */
function modulesOf({ tag, name, file, registers, of, events, slot }, readme, declared) {
  const { comment, members } = declared.get(name) ?? fail(`there is no ${name}`);
  const rows = (/** @type {string} */ heading) => table(readme, `${heading}${of}`);
  const attributes = names(rows('attribute'));
  const property = (/** @type {string} */ attribute) => camelCase(attribute);
  const member = (/** @type {string} */ wanted) => members.find((one) => one.name === wanted) ?? fail(`${name} has no ${wanted}`);
  const path = `${file}.js`;
  const declaration = {
    kind: 'class',
    customElement: true,
    tagName: tag,
    name,
    description: comment,
    superclass: { name: 'HTMLElement', package: 'global:' },
    attributes: attributes.map((attribute) => {
      const { type, comment: description } = member(property(attribute));
      return { name: attribute, fieldName: property(attribute), type: { text: attributeType(type) }, ...standard(description), description };
    }),
    members: members.map((one) => (one.method ? methodOf(one) : fieldOf(one, attributes.find((attribute) => property(attribute) === one.name)))),
    ...(events && { events: (declared.get(events) ?? fail(`there is no ${events}`)).members.map((one) => ({ name: one.name, type: { text: one.type }, description: one.comment })) }),
    slots: [{ name: '', description: slot }],
    cssParts: rows('part').map(([part, what]) => ({ name: plain(part), description: plain(what) })),
    cssProperties: rows('custom property').map(([custom, by, what]) => ({ name: plain(custom), default: plain(by), description: plain(what) })),
  };
  const exported = { kind: 'js', name, declaration: { name, module: path } };
  const definition = { kind: 'custom-element-definition', name: tag, declaration: { name, module: path } };
  return [
    { kind: 'javascript-module', path, declarations: [declaration], exports: [exported] },
    { kind: 'javascript-module', path: registers, declarations: [], exports: [definition, exported] },
  ];
}

/** @param {Member} member @param {string | undefined} attribute */
const fieldOf = ({ name, type, comment, readonly }, attribute) => ({
  kind: 'field',
  name,
  type: { text: type },
  ...standard(comment),
  description: comment,
  ...(readonly && { readonly }),
  ...(attribute && { attribute, reflects: true }),
});

/** @param {Member} member */
const methodOf = ({ name, type, comment, parameters }) => ({
  kind: 'method',
  name,
  description: comment,
  parameters: parameters.map((one) => ({ name: one.name, type: { text: one.type }, ...(one.optional && { optional: true }) })),
  return: { type: { text: type } },
});

/** A property may also be empty, and has names for lists of words that an editor offers one by one. @param {string} type */
function attributeType(type) {
  const [, words] = /type Flow = ([^;]+);/.exec(readFileSync(typesOf('index'), 'utf8')) ?? fail('there is no Flow');
  return type.replace(/ \| ''$/, '').replace(/^Flow$/, words);
}

/** @param {string} comment */
function standard(comment) {
  const [, value] = /Default: `([^`]+)`/.exec(comment) ?? [];
  if (value === undefined) return {};
  return { default: /^(true|false|\d+)$/.test(value) ? value : `'${value}'` };
}

/** A cell of a table as a sentence: links lead nowhere from a tooltip. @param {string} cell */
const plain = (cell = '') => cell.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', '');

/** @param {string} attribute */
const camelCase = (attribute) => attribute.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** @param {string} message @returns {never} */
const fail = (message) => {
  throw new BuildError(`custom-elements.json: ${message}`);
};

/**
 * The classes and interfaces of a file, with what they declare in public.
 * @param {typeof import('typescript')} ts
 * @param {string} path
 */
function declarationsOf(ts, path) {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const text = (/** @type {import('typescript').Node | undefined} */ node) => node?.getText(source) ?? '';
  const nameOf = (/** @type {import('typescript').Node | undefined} */ node) => text(node).replaceAll("'", '');
  const comment = (/** @type {import('typescript').Node} */ node) =>
    ts.getJSDocCommentsAndTags(node).map(({ comment: said }) => ts.getTextOfJSDocComment(said) ?? '').join(' ').replace(/\s*\n\s*/g, ' ').replace(/\{@link (\w+)\}/g, '$1');
  /** @param {import('typescript').ClassElement | import('typescript').TypeElement} node @returns {Member[]} */
  const memberOf = (node) => {
    const flags = ts.canHaveModifiers(node) ? ts.getModifiers(node)?.map(({ kind }) => kind) ?? [] : [];
    const method = ts.isMethodDeclaration(node) || ts.isMethodSignature(node);
    const property = ts.isPropertyDeclaration(node) || ts.isPropertySignature(node) || ts.isGetAccessor(node);
    if (flags.includes(ts.SyntaxKind.StaticKeyword) || !(method || property) || nameOf(node.name) === 'addEventListener') return [];
    const parameters = method ? node.parameters.map((one) => ({ name: nameOf(one.name), type: text(one.type), optional: Boolean(one.questionToken) })) : [];
    return [{ name: nameOf(node.name), type: text(node.type), comment: comment(node), readonly: flags.includes(ts.SyntaxKind.ReadonlyKeyword), method, parameters }];
  };
  const classes = source.statements.filter((node) => ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node));
  return new Map(classes.map((node) => [nameOf(node.name), { comment: comment(node), members: [...node.members].flatMap(memberOf) }]));
}
