/**
 * Which App a request is about, told by whatever it brought: for the log, which names it in each row.
 * @module
 */
import { basicCredentials } from '../client-authentication.js';
import { isForm } from '../http.js';
import { headerParameters } from '../oauth1/encoding.js';

/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {import('../types.js').Request} request
 * @returns {string | undefined} its name
 */
export function askerOf({ apps, store, oauth1 }, { headers, query, body }) {
  const { authorization = '' } = headers;
  const pairs = [...new URLSearchParams(query), ...new URLSearchParams(isForm({ headers }) ? body : ''), ...(headerParameters(authorization) ?? [])];
  const given = new Map(pairs);
  const value = (/** @type {string} */ name) => given.get(name) ?? '';
  const bearer = /^Bearer +(.*)$/i.exec(authorization)?.[1] ?? '';
  const all = [...apps.values()];
  const byKey = all.find((app) => app.oauth1.consumerKey === value('oauth_consumer_key') || app.bearerToken === bearer);
  const clientIds = [
    value('client_id'),
    basicCredentials(authorization)?.id,
    store.token(bearer)?.clientId,
    oauth1.requestToken(value('oauth_token'))?.clientId,
    // A form of a page that an App asked for.
    store.page(value('ticket'))?.clientId,
    oauth1.page(value('ticket'))?.clientId,
  ];
  return (byKey ?? clientIds.map((clientId) => apps.get(clientId ?? '')).find(Boolean))?.name;
}
