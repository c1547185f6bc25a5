/**
 * Who is calling the token and revocation endpoints (docs.x.com, oauth-2-0/user-access-token; RFC 6749 §2.3.1).
 * A public client names itself in the body and has no Authorization header; a confidential one must send Basic.
 * @module
 */
import { signsInBy2 } from './apps/standing.js';
import { sameText } from './constant-time.js';

/** @typedef {import('./types.js').RunningApp} App */

/** The body and status that X answers with whatever is wrong about a client's authentication. */
const UNAUTHORIZED = { status: 401, error: 'unauthorized_client', description: 'Missing valid authorization header' };

/**
 * @param {Map<string, App>} apps
 * @param {string | undefined} header Authorization
 * @param {string | undefined} bodyClientId
 * @returns {{ app: App } | { failure: { status: number, error: string, description: string } }}
 */
export function authenticateClient(apps, header, bodyClientId) {
  if (header !== undefined) {
    const given = basicCredentials(header);
    const app = given && apps.get(given.id);
    if (!app?.clientSecret || !signsInBy2(app) || !sameText(given?.secret ?? '', app.clientSecret)) return { failure: UNAUTHORIZED };
    if (bodyClientId !== undefined && bodyClientId !== app.clientId) return { failure: UNAUTHORIZED };
    return { app };
  }
  if (bodyClientId === undefined) {
    return { failure: { status: 400, error: 'invalid_request', description: 'Missing required parameter [client_id].' } };
  }
  const app = apps.get(bodyClientId);
  return app && app.clientSecret === undefined && signsInBy2(app) ? { app } : { failure: UNAUTHORIZED };
}

/**
 * RFC 6749 §2.3.1: both halves are form-encoded before they are joined by a colon and put in base64.
 * @param {string} header
 * @returns {{ id: string, secret: string } | null}
 */
function basicCredentials(header) {
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
