/**
 * The consent page of OAuth 1.0a: a level of permission instead of scopes.
 * @module
 */
import { levelPermissions } from '../oauth1/access.js';
import { consentForm } from './consent.js';

/** @typedef {import('../types.js').Access} Access */
/** @typedef {import('../types.js').RunningApp} RunningApp */
/** @typedef {import('../types.js').World} World */

/**
 * @param {World} world
 * @param {{ app: RunningApp, access: Access, ticket: string, chosen: string | undefined }} asked
 */
export function levelConsentPage(world, { app, access, ticket, chosen }) {
  return consentForm(world, { app, action: '/oauth/authorize', ticket, lists: levelPermissions(access, app.requestEmail !== false), chosen });
}
