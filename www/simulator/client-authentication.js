/**
 * Who is calling the token and revocation endpoints (docs.x.com, oauth-2-0/user-access-token; RFC 6749 §2.3.1).
 * A public client names itself in the body and has no Authorization header; a confidential one must send Basic.
 * @module
 */
import { signsInBy2 } from './apps/standing.js';
import { sameText } from './constant-time.js';

/** @typedef {import('./types.js').RunningApp} App */

/** @typedef {{ status: number, error: string, description: string, note?: string }} Failure `note`: what X does not say, for the log */

/**
 * The body and status that X answers with whatever is wrong about a client's authentication.
 * @param {string} note
 * @returns {{ failure: Failure }}
 */
const unauthorized = (note) => ({ failure: { status: 401, error: 'unauthorized_client', description: 'Missing valid authorization header', note } });

const STANDING = 'This App is suspended, or its OAuth 2.0 is off.';

/**
 * @param {Map<string, App>} apps
 * @param {string | undefined} header Authorization
 * @param {string | undefined} bodyClientId
 * @returns {{ app: App } | { failure: Failure }}
 */
export function authenticateClient(apps, header, bodyClientId) {
  if (header !== undefined) {
    const given = basicCredentials(header);
    if (!given) return unauthorized('The header Authorization is no Basic with a client id and a secret.');
    const app = apps.get(given.id);
    if (!app) return unauthorized('No App of this simulator has the client id that is in the header Authorization.');
    if (!app.clientSecret) return unauthorized('This App is a public client: it sends its client_id in the body, and no header Authorization.');
    if (!signsInBy2(app)) return unauthorized(STANDING);
    if (!sameText(given.secret, app.clientSecret)) return unauthorized('The client secret is not this App’s.');
    if (bodyClientId !== undefined && bodyClientId !== app.clientId) return unauthorized('The client_id in the body is another than the one in the header Authorization.');
    return { app };
  }
  if (bodyClientId === undefined) {
    return { failure: { status: 400, error: 'invalid_request', description: 'Missing required parameter [client_id].' } };
  }
  const app = apps.get(bodyClientId);
  if (!app) return unauthorized('No App of this simulator has this client_id.');
  if (app.clientSecret !== undefined) return unauthorized('This App is a confidential client: it has to send its client id and secret as Basic, in the header Authorization.');
  return signsInBy2(app) ? { app } : unauthorized(STANDING);
}

/**
 * RFC 6749 §2.3.1: both halves are form-encoded before they are joined by a colon and put in base64.
 * @param {string} header
 * @returns {{ id: string, secret: string } | null}
 */
export function basicCredentials(header) {
  const encoded = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(header)?.[1];
  if (encoded === undefined) return null;
  const joined = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = joined.indexOf(':');
  if (colon < 0) return null;
  try {
    return { id: formDecoded(joined.slice(0, colon)), secret: formDecoded(joined.slice(colon + 1)) };
  } catch {
    return null; // a lone % or bytes that are no UTF-8
  }
}

/** @param {string} text */
function formDecoded(text) {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
