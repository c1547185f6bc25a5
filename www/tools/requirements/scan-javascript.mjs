/**
 * Finds the tests of a file of node:test, without running it. What cannot be read is a problem, never silence: a test
 * that nobody lists would be a promise that nobody keeps.
 */
import ts from 'typescript';
import { idsOfTitle } from './ids.mjs';
import { ELLIPSIS, UNKNOWN, bind, evaluate } from './values.mjs';

/**
 * @typedef {object} Found one call of `test`, or one row of the table that it loops over
 * @property {string} name with the groups that it stands in; values that the file does not tell are `…`
 * @property {string} pattern the same with every value of a loop as `…`
 * @property {string[]} titles the parts of the name that may begin with requirement ids
 * @property {boolean} part of another test, by `t.test`
 * @property {(known: Record<string, unknown>) => boolean | undefined} runs by what its `skip` says; `undefined` if that
 *   cannot be told
 *
 * @typedef {{ tests: Found[], problems: string[], nameless: string[] }} Scan `nameless`: patterns of names that begin
 *   with a value that the file does not tell, so that ids in it would be missed
 */

/** Where tests come from: node's own, and those in front of a browser. */
const TESTING = new Set(['node:test', './harness/scenario.mjs']);

/** What node:test exports that makes tests or groups of them. @type {Record<string, 'test' | 'group' | undefined>} */
const MAKERS = { default: 'test', test: 'test', it: 'test', describe: 'group', suite: 'group' };
const VARIANTS = ['skip', 'only', 'todo'];

/**
 * @param {string} path absolute: tables in JSON are read from beside it
 * @param {string} text
 * @returns {Scan}
 */
export function scanJavaScript(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const makers = importedMakers(source);
  /** @type {Found[]} */
  const tests = [];
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const nameless = [];
  const problem = (/** @type {ts.Node} */ node, /** @type {string} */ what) =>
    problems.push(`line ${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`);

  /** @param {ts.Node} node @param {ts.CallExpression[]} groups */
  const visit = (node, groups) => {
    const kind = ts.isCallExpression(node) ? kindOfCall(node, makers) : undefined;
    if (ts.isCallExpression(node) && kind) {
      if (kind !== 'group') {
        const found = rows(node, groups);
        tests.push(...found.map((row) => ({ ...row, part: kind === 'subtest' })));
        nameless.push(...found.filter(isNameless).map(({ pattern }) => pattern).slice(0, 1));
      }
      groups = [...groups, node];
    } else if (ts.isIdentifier(node) && makers.has(node.text) && isStray(node)) {
      problem(node, `\`${node.text}\` is not called here, so what it tests cannot be read`);
    }
    ts.forEachChild(node, (child) => visit(child, groups));
  };
  visit(source, []);
  return { tests, problems, nameless };
}

/** @param {ts.SourceFile} source @returns {Map<string, 'test' | 'group'>} local names */
function importedMakers(source) {
  const makers = new Map();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !TESTING.has(/** @type {ts.StringLiteral} */ (statement.moduleSpecifier).text)) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name) makers.set(name.text, 'test');
    // `import * as t`: nobody here needs it, so each use of it is a problem.
    if (namedBindings && ts.isNamespaceImport(namedBindings)) makers.set(namedBindings.name.text, 'test');
    else for (const element of namedBindings?.elements ?? []) {
      const maker = MAKERS[(element.propertyName ?? element.name).text];
      if (maker) makers.set(element.name.text, maker);
    }
  }
  return makers;
}

/** @param {ts.CallExpression} call @param {Map<string, 'test' | 'group'>} makers */
function kindOfCall({ expression: callee, arguments: values }, makers) {
  if (ts.isIdentifier(callee)) return makers.get(callee.text);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  if (ts.isIdentifier(callee.expression) && VARIANTS.includes(callee.name.text)) return makers.get(callee.expression.text);
  // `t.test(name, work)`; a regular expression's `test` takes one value.
  return callee.name.text === 'test' && values.length > 1 ? 'subtest' : undefined;
}

/** Neither called, nor imported, nor the name of something else. @param {ts.Identifier} node */
function isStray(node) {
  const { parent } = node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isCallExpression(parent) && parent.expression === node) return false;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node && !(VARIANTS.includes(parent.name.text) && ts.isCallExpression(parent.parent) && parent.parent.expression === parent);
  }
  return !(ts.isPropertyAssignment(parent) && parent.name === node);
}

/**
 * @param {ts.CallExpression} call
 * @param {ts.CallExpression[]} groups outermost first
 * @returns {Omit<Found, 'part'>[]}
 */
function rows(call, groups) {
  const chain = [...groups, call];
  const loops = loopsAround(call);
  const none = new Map(loops.flatMap(namesOf).map((name) => [name, UNKNOWN]));
  const pattern = titlesOf(chain, none).join(' › ');
  /** @type {Map<string, Omit<Found, 'part'>>} */
  const found = new Map();
  for (const known of circumstances(loops)) {
    const titles = titlesOf(chain, known);
    const name = titles.join(' › ');
    found.set(name, { name, pattern, titles, runs: (more) => runs(chain, new Map([...known, ...Object.entries(more)])) });
  }
  return [...found.values()];
}

/** @param {Omit<Found, 'part'>} row */
const isNameless = ({ titles }) => titles.at(-1)?.startsWith(ELLIPSIS) && titles.every((title) => idsOfTitle(title).length === 0);

/** @param {ts.CallExpression[]} chain @param {import('./values.mjs').Known} known */
const titlesOf = (chain, known) =>
  chain.map(({ arguments: [name] }) => {
    const value = name && !ts.isFunctionLike(name) ? evaluate(name, known) : UNKNOWN;
    return typeof value === 'string' ? value : ELLIPSIS;
  });

/**
 * The loops that a call stands in, outermost first.
 * @param {ts.Node} node
 * @returns {ts.ForOfStatement[]}
 */
function loopsAround(node) {
  const loops = [];
  for (let at = node.parent; at; at = at.parent) if (ts.isForOfStatement(at) && ts.isVariableDeclarationList(at.initializer)) loops.unshift(at);
  return loops;
}

/** @param {ts.ForOfStatement} loop */
const patternOf = (loop) => /** @type {ts.VariableDeclaration} */ (/** @type {ts.VariableDeclarationList} */ (loop.initializer).declarations[0]).name;

/** @param {ts.ForOfStatement} loop */
function namesOf(loop) {
  const names = new Map();
  bind(patternOf(loop), UNKNOWN, names);
  return [...names.keys()];
}

/** Every combination of what the loops run over. @param {ts.ForOfStatement[]} loops */
function circumstances(loops) {
  /** @type {import('./values.mjs').Known[]} */
  let all = [new Map()];
  for (const loop of loops) {
    all = all.flatMap((known) => {
      const values = evaluate(loop.expression, known);
      return (Array.isArray(values) ? values : [UNKNOWN]).map((value) => {
        const more = new Map(known);
        bind(patternOf(loop), value, more);
        return more;
      });
    });
  }
  return all;
}

/** @param {ts.CallExpression[]} chain @param {import('./values.mjs').Known} known */
function runs(chain, known) {
  for (const { expression: callee, arguments: values } of chain) {
    if (ts.isPropertyAccessExpression(callee) && ['skip', 'todo'].includes(callee.name.text)) return false;
    const [, options] = values;
    if (!options || ts.isFunctionLike(options)) continue;
    const told = evaluate(options, known);
    if (typeof told !== 'object' || told === null) return undefined;
    for (const reason of [member(told, 'skip'), member(told, 'todo')]) {
      if (reason === UNKNOWN) return undefined;
      if (reason) return false;
    }
  }
  return true;
}

/** @param {object} owner @param {string} key @returns {unknown} */
const member = (owner, key) => /** @type {any} */ (owner)[key];
