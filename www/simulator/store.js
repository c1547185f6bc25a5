/**
 * What the simulator remembers between requests: open consent pages, codes, tokens, and callbacks for other browsers. In memory, bounded.
 * @module
 */
import { adding } from './bounded.js';

/** @typedef {import('./types.js').Authorization} Authorization */
/** @typedef {import('./types.js').CodeRecord} CodeRecord */
/** @typedef {import('./types.js').TokenRecord} TokenRecord */

/** Oldest records go first once a simulator that runs for days has gathered this many of a kind. */
const MOST = 5000;
const add = adding(MOST);

/**
 * @typedef {object} Store
 * @property {(ticket: string, authorization: Authorization) => void} openPage
 * @property {(ticket: string) => Authorization | undefined} page
 * @property {(ticket: string) => Authorization | undefined} closePage forgets the page, so that a form works once
 * @property {(code: string, record: CodeRecord) => void} addCode
 * @property {(code: string) => CodeRecord | undefined} code
 * @property {(record: TokenRecord) => void} addToken
 * @property {(token: string) => TokenRecord | undefined} token
 * @property {(url: string) => void} handOver
 * @property {() => string[]} handedOver callbacks that went to another browser, oldest first, with their codes
 * @property {(grant: string) => void} endGrant kills every token that came from one consent
 * @property {(clientId: string, accountId: string) => void} endApp kills every code and token that this App has for this account
 * @property {() => [string, CodeRecord][]} codes all that are remembered, oldest first
 * @property {() => TokenRecord[]} tokens likewise
 * @property {(clientId: string) => void} forgetApp with all that it was given
 * @property {() => void} clear
 */

/** @returns {Store} */
export function createStore() {
  /** @type {Map<string, Authorization>} */
  const pages = new Map();
  /** @type {Map<string, CodeRecord>} */
  const codes = new Map();
  /** @type {Map<string, TokenRecord>} */
  const tokens = new Map();
  /** @type {string[]} */
  let handedOver = [];

  return {
    openPage: (ticket, authorization) => add(pages, ticket, authorization),
    page: (ticket) => pages.get(ticket),
    closePage(ticket) {
      const page = pages.get(ticket);
      pages.delete(ticket);
      return page;
    },
    addCode: (code, record) => add(codes, code, record),
    code: (code) => codes.get(code),
    addToken: (record) => add(tokens, record.token, record),
    token: (token) => tokens.get(token),
    handOver(url) {
      handedOver = [...handedOver, url].slice(-MOST);
    },
    handedOver: () => [...handedOver],
    endGrant(grant) {
      for (const record of tokens.values()) if (record.grant === grant) record.live = false;
    },
    endApp(clientId, accountId) {
      const theirs = (/** @type {{ clientId: string, accountId: string }} */ record) => record.clientId === clientId && record.accountId === accountId;
      for (const record of codes.values()) if (theirs(record)) record.spent = true;
      for (const record of tokens.values()) if (theirs(record)) record.live = false;
    },
    codes: () => [...codes],
    tokens: () => [...tokens.values()],
    forgetApp(clientId) {
      for (const map of [pages, codes, tokens]) for (const [key, record] of map) if (record.clientId === clientId) map.delete(key);
    },
    clear() {
      for (const map of [pages, codes, tokens]) map.clear();
      handedOver = [];
    },
  };
}
