/**
 * What an expression of a test file is worth, as far as the file itself says so: literals, constants, the tables that
 * tests loop over. Nothing is run.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';

/** A value that the file does not spell out. */
export const UNKNOWN = Symbol('unknown');

/** How such a value is shown. */
export const ELLIPSIS = '…';

/** @typedef {Map<string, unknown>} Known values of names, besides the constants of the file */

/**
 * @param {ts.Expression} expression
 * @param {Known} known
 * @returns {unknown} `UNKNOWN` where the file does not tell; objects and arrays may hold it
 */
export function evaluate(expression, known) {
  const value = (/** @type {ts.Expression} */ inner) => evaluate(inner, known);
  if (ts.isParenthesizedExpression(expression) || ts.isAwaitExpression(expression)) return value(expression.expression);
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isNumericLiteral(expression)) return Number(expression.text);
  if (expression.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (expression.kind === ts.SyntaxKind.FalseKeyword) return false;
  if (expression.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isIdentifier(expression)) return named(expression, known);
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce((text, { expression: inner, literal }) => text + shown(value(inner)) + literal.text, expression.head.text);
  }
  if (ts.isArrayLiteralExpression(expression)) {
    const items = expression.elements.map((element) => (ts.isSpreadElement(element) ? value(element.expression) : [value(element)]));
    return items.every(Array.isArray) ? items.flat() : UNKNOWN;
  }
  if (ts.isObjectLiteralExpression(expression)) return object(expression, known);
  if (ts.isPropertyAccessExpression(expression)) return member(value(expression.expression), expression.name.text);
  if (ts.isElementAccessExpression(expression)) return member(value(expression.expression), value(expression.argumentExpression));
  if (ts.isPrefixUnaryExpression(expression) && expression.operator === ts.SyntaxKind.ExclamationToken) {
    const operand = value(expression.operand);
    return operand === UNKNOWN ? UNKNOWN : !operand;
  }
  if (ts.isConditionalExpression(expression)) {
    const condition = value(expression.condition);
    return condition === UNKNOWN ? UNKNOWN : value(condition ? expression.whenTrue : expression.whenFalse);
  }
  if (ts.isBinaryExpression(expression)) return binary(expression, value);
  if (ts.isCallExpression(expression)) return call(expression, known);
  return UNKNOWN;
}

/** @param {unknown} value */
const shown = (value) => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : value === null ? 'null' : ELLIPSIS);

/** @param {unknown} owner @param {unknown} key */
function member(owner, key) {
  if (typeof owner !== 'object' || owner === null || (typeof key !== 'string' && typeof key !== 'number')) return UNKNOWN;
  return Object.hasOwn(owner, key) ? /** @type {any} */ (owner)[key] : UNKNOWN;
}

/** @param {ts.ObjectLiteralExpression} expression @param {Known} known */
function object(expression, known) {
  /** @type {Record<string, unknown>} */
  const result = {};
  for (const property of expression.properties) {
    if (ts.isSpreadAssignment(property)) {
      const more = evaluate(property.expression, known);
      if (typeof more !== 'object') return UNKNOWN;
      Object.assign(result, more);
    } else if (ts.isShorthandPropertyAssignment(property)) {
      result[property.name.text] = named(property.name, known);
    } else {
      const { name } = property;
      const key = name && ts.isComputedPropertyName(name) ? evaluate(name.expression, known) : name && 'text' in name ? name.text : UNKNOWN;
      if (typeof key !== 'string' && typeof key !== 'number') return UNKNOWN;
      result[key] = ts.isPropertyAssignment(property) ? evaluate(property.initializer, known) : UNKNOWN;
    }
  }
  return result;
}

/** @param {ts.BinaryExpression} expression @param {(inner: ts.Expression) => unknown} value */
function binary({ left, right, operatorToken }, value) {
  const [a, b] = [value(left), value(right)];
  if (a === UNKNOWN) return UNKNOWN;
  switch (operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return a && b;
    case ts.SyntaxKind.BarBarToken:
      return a || b;
    case ts.SyntaxKind.QuestionQuestionToken:
      return a ?? b;
    case ts.SyntaxKind.EqualsEqualsEqualsToken:
      return b === UNKNOWN ? UNKNOWN : a === b;
    case ts.SyntaxKind.ExclamationEqualsEqualsToken:
      return b === UNKNOWN ? UNKNOWN : a !== b;
    case ts.SyntaxKind.PlusToken:
      return typeof a === 'string' ? a + shown(b) : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** `Object.entries(table)` and its kin, and a table in a JSON file. @param {ts.CallExpression} expression @param {Known} known */
function call(expression, known) {
  const { expression: callee, arguments: [argument] } = expression;
  if (!argument || !ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return UNKNOWN;
  const name = `${callee.expression.text}.${callee.name.text}`;
  if (name === 'JSON.parse') return jsonFile(argument);
  const table = evaluate(argument, known);
  if (typeof table !== 'object' || table === null) return UNKNOWN;
  if (name === 'Object.entries') return Object.entries(table);
  if (name === 'Object.keys') return Object.keys(table);
  if (name === 'Object.values') return Object.values(table);
  return UNKNOWN;
}

/** `readFileSync(new URL('../fixtures/table.json', import.meta.url), 'utf8')`, also awaited. @param {ts.Expression} expression */
function jsonFile(expression) {
  const text = expression.getText();
  const path = /^(?:await )?readFile(?:Sync)?\(new URL\('([^']+\.json)', import\.meta\.url\)/.exec(text)?.[1];
  return path === undefined ? UNKNOWN : JSON.parse(readFileSync(resolve(dirname(expression.getSourceFile().fileName), path), 'utf8'));
}

/** The value of a name where it stands. @param {ts.Identifier} name @param {Known} known @returns {unknown} */
function named(name, known) {
  if (known.has(name.text)) return known.get(name.text);
  if (name.text === 'undefined') return undefined;
  for (let node = /** @type {ts.Node} */ (name); node; node = node.parent) {
    if (!ts.isBlock(node) && !ts.isSourceFile(node)) continue;
    for (const statement of node.statements) {
      if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
      const found = statement.declarationList.declarations.find((declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name.text);
      // A constant that is made of itself is a mistake of its file, not an endless search here.
      if (found?.initializer) return name.pos >= found.pos && name.end <= found.end ? UNKNOWN : evaluate(found.initializer, known);
    }
  }
  return UNKNOWN;
}

/**
 * Gives the names of a pattern (`[name, { status }]`) their values.
 * @param {ts.BindingName} pattern
 * @param {unknown} value
 * @param {Known} known written to
 */
export function bind(pattern, value, known) {
  if (ts.isIdentifier(pattern)) return void known.set(pattern.text, value);
  pattern.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    const key = ts.isArrayBindingPattern(pattern) ? index : keyOf(element);
    bind(element.name, element.dotDotDotToken || element.initializer ? UNKNOWN : member(value, key), known);
  });
}

/** @param {ts.BindingElement} element */
const keyOf = ({ propertyName, name }) => {
  const key = propertyName ?? name;
  return 'text' in key ? key.text : UNKNOWN;
};
