/**
 * What an answer says, name by name: the callback's parameters, or a body's.
 * @module
 */

/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('./requests.js').Parameter} Parameter */

/**
 * @param {Reply} reply
 * @returns {{ location?: string, parameters: Parameter[] }}
 */
export function answerParameters({ headers, body }) {
  const { Location: location } = headers;
  if (location !== undefined) {
    const mark = location.indexOf('?');
    const pairs = mark < 0 ? [] : [...new URLSearchParams(location.slice(mark + 1))];
    return { location: mark < 0 ? location : location.slice(0, mark), parameters: pairs.map(([name, value]) => ({ where: 'callback', name, value })) };
  }
  return { parameters: bodyPairs(headers['Content-Type'] ?? '', String(body)).map(([name, value]) => ({ where: 'body', name, value })) };
}

/**
 * @param {string} type
 * @param {string} body
 * @returns {[string, string][]}
 */
function bodyPairs(type, body) {
  if (/^application\/(?:problem\+)?json/.test(type)) {
    try {
      return leaves('', JSON.parse(body));
    } catch {
      return []; // a fault cut it short
    }
  }
  // X's answers with tokens are a form, though they call themselves HTML.
  return /^oauth_token=[^<]*$/.test(body) ? [...new URLSearchParams(body)] : [];
}

/**
 * @param {string} name
 * @param {unknown} value
 * @returns {[string, string][]}
 */
function leaves(name, value) {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  return Object.entries(value).flatMap(([key, each]) => leaves(name === '' ? key : `${name}.${key}`, each));
}
