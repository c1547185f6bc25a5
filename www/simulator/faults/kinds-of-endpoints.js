/**
 * Faults of the codes that X makes, and of the endpoints that programs talk to.
 * @module
 */
import { numbered, NUMBERED } from '../oauth1/errors.js';
import { amended } from './act.js';
import { isBody, isFlag, isOneOf, isStatus, isWhole } from './checks.js';
import { OF_OAUTH1 } from './stages.js';

/** @type {Record<string, import('./kinds.js').Kind>} */
export const KINDS_OF_ENDPOINTS = {
  /** The next code that is issued has run out before anybody can present it. */
  expire_code: {
    stages: ['code'],
    required: {},
    apply(subject) {
      if (subject.code) subject.code.expiresAt = 0;
    },
  },
  /** The token endpoint answers this, and does nothing: a code that was presented stays unspent. */
  token_status: {
    stages: ['token', 'refresh'],
    required: { status: isStatus },
    optional: { body: isBody },
    apply(subject, { status, body = '' }) {
      const json = typeof body !== 'string';
      subject.instead = () => ({
        status: Number(status),
        headers: { 'Content-Type': json ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8' },
        body: json ? JSON.stringify(body) : body,
      });
    },
  },
  /** The answer breaks off, in half or after so many bytes; its Content-Length is that of what is left. */
  truncate: {
    stages: ['token', 'refresh', 'user', ...OF_OAUTH1],
    required: {},
    optional: { bytes: isWhole(0, Number.MAX_SAFE_INTEGER) },
    apply(subject, { bytes }) {
      amended(subject, (reply) => {
        // Bytes, not characters: what breaks off on the way may break off inside a letter.
        const whole = Buffer.from(reply.body);
        // At least one byte is missing, or there would be no fault.
        const left = Math.min(Number(bytes ?? Math.floor(whole.length / 2)), Math.max(whole.length - 1, 0));
        return { ...reply, body: whole.subarray(0, left) };
      });
    },
  },
  /** The connection ends without an answer: after X did what it was asked, so that a refresh token is spent and the next one lost, or before it. */
  cut: {
    stages: ['token', 'refresh', 'user', 'revoke', ...OF_OAUTH1],
    required: {},
    optional: { undone: isFlag },
    apply(subject, { undone }) {
      const nothing = { status: 0, headers: {}, body: '', cut: true };
      if (undone === true) subject.instead = () => nothing;
      else amended(subject, (reply) => ({ ...reply, cut: true }));
    },
  },
  /** One of X's numbered errors, and nothing done. */
  numbered_error: {
    stages: OF_OAUTH1,
    required: { code: isOneOf(Object.keys(NUMBERED).map(Number)) },
    apply(subject, { code }) {
      subject.instead = () => numbered(Number(code));
    },
  },
  /** `oauth_callback_confirmed` is not true, as from a server that never heard of OAuth 1.0a. */
  callback_unconfirmed: {
    stages: ['request_token'],
    required: {},
    apply(subject) {
      amended(subject, (reply) => ({ ...reply, body: String(reply.body).replace('oauth_callback_confirmed=true', 'oauth_callback_confirmed=false') }));
    },
  },
};
