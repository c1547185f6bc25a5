/**
 * A person's own settings: the Apps that they let in, and the browsers in which they are signed in. What X's help centre
 * says of both is in "About third-party apps and log in sessions".
 * @module
 */
import { sameText } from '../constant-time.js';
import { page, redirect } from '../http.js';
import { ownForm } from '../own-site.js';
import { appsPage } from '../pages/settings-apps.js';
import { sessionsPage } from '../pages/settings-sessions.js';
import { stalePage } from '../pages/stale.js';
import { approvedApps, revokeApp } from './approvals.js';
import { forgetting, sessionOf } from './sessions.js';

/** @typedef {import('../types.js').Account} Account */
/** @typedef {import('../types.js').Reply} Reply */
/** @typedef {import('../types.js').Request} Request */
/** @typedef {import('../types.js').World} World */
/** @typedef {import('./sessions.js').Session} Session */

/** @typedef {{ session: Session, account: Account }} Person */

/**
 * @param {World} world
 * @param {Request} request
 * @returns {Person | undefined}
 */
function personOf(world, request) {
  const session = sessionOf(world, request);
  const account = world.accounts.find(({ id }) => id === session?.accountId);
  return session && account && { session, account };
}

/**
 * A page for whoever is signed in; others sign in first.
 * @param {(world: World, person: Person, query: URLSearchParams) => string} render
 */
const shown = (render) => (/** @type {World} */ world, /** @type {Request} */ request) => {
  const person = personOf(world, request);
  if (!person) return redirect(world, `/i/flow/login?redirect_after_login=${encodeURIComponent(request.path)}`);
  return page(world, 200, render(world, person, new URLSearchParams(request.query)));
};

/**
 * A form of such a page.
 * @param {(world: World, person: Person, form: Map<string, string>) => Reply | undefined} work
 */
const taken = (work) => (/** @type {World} */ world, /** @type {Request} */ request) => {
  const person = personOf(world, request);
  const form = ownForm(request);
  const mayDo = person && sameText(form.get('ticket') ?? '', person.session.ticket);
  return (mayDo && work(world, person, form)) || page(world, 403, stalePage());
};

export const showApps = shown((world, { account, session }, query) => {
  const apps = approvedApps(world, account.id);
  const revoked = world.apps.get(query.get('revoked') ?? '');
  return appsPage({ account, ticket: session.ticket, apps, revoked: apps.some(({ app }) => app === revoked) ? undefined : revoked?.name });
});

export const takeRevocation = taken((world, { account }, form) => {
  const app = world.apps.get(form.get('client_id') ?? '');
  if (!app) return undefined;
  revokeApp(world, account.id, app.clientId);
  world.journal.record('access_revoked', { app: app.name, account: account.username });
  return redirect(world, `/settings/connected_apps?revoked=${encodeURIComponent(app.clientId)}`);
});

export const showSessions = shown((world, { account, session }) =>
  sessionsPage({ account, session, others: world.sessions.of(account.id).filter(({ id }) => id !== session.id), now: world.clock.now() }),
);

export const takeLogOut = taken((world, { account, session }, form) => {
  const all = world.sessions.of(account.id);
  const wanted = form.get('session');
  const ended = wanted === 'others' ? all.filter(({ id }) => id !== session.id) : all.filter(({ name }) => name === wanted);
  for (const { id } of ended) world.sessions.end(id);
  world.journal.record('session_ended', { account: account.username, sessions: ended.length });
  return ended.includes(session) ? forgetting(world, redirect(world, '/')) : redirect(world, '/settings/sessions');
});
