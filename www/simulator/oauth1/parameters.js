/**
 * Everything a request says that its signature must cover (RFC 5849 §3.4.1.3.1), and the protocol's own words in it.
 * @module
 */
import { isForm } from '../http.js';
import { shownName } from '../mask.js';
import { headerParameters } from './encoding.js';

/** @typedef {import('../types.js').Request} Request */

/**
 * @typedef {object} SignedParameters
 * @property {[string, string][]} pairs those of the header, the query and the form, decoded, without `oauth_signature`
 * @property {Map<string, string>} values the first of each name, `oauth_signature` among them
 * @property {string | undefined} malformed what is wrong with them, if something is
 */

/**
 * @param {Request} request
 * @returns {SignedParameters}
 */
export function signedParameters(request) {
  const { authorization } = request.headers;
  const fromHeader = authorization === undefined ? [] : headerParameters(authorization);
  let malformed = fromHeader === null ? 'the Authorization header is no list of OAuth parameters' : undefined;
  /** @type {[string, string][]} */
  const pairs = [];
  /** @type {Map<string, string>} */
  const values = new Map();
  const elsewhere = [...new URLSearchParams(request.query), ...(isForm(request) ? new URLSearchParams(request.body) : [])];
  for (const [index, [name, value]] of [...(fromHeader ?? []), ...elsewhere].entries()) {
    if (values.has(name) && name.startsWith('oauth_')) {
      // RFC 5849 §3.2 lets the protocol's parameters come once. X takes an oauth_token that is in the header and, the
      // same, in the form, and counts it once: twitter-api-v2 sends and signs it so.
      const again = index >= (fromHeader ?? []).length && new Map(fromHeader).get(name) === value;
      if (!again) malformed ??= `${shownName(name)} came more than once`;
      continue;
    }
    if (!values.has(name)) values.set(name, value);
    if (name !== 'oauth_signature') pairs.push([name, value]);
  }
  return { pairs, values, malformed };
}
