import { EMAIL, LEVELS } from './levels.js';
import { SCOPES } from './scopes.js';

/** Where a person reviews what Apps may do, and takes it back. */
export const links = {
  // docs.x.com, fundamentals/authentication/oauth-2-0/user-access-token
  connectedApps: 'https://x.com/settings/connected_apps',
  sessions: 'https://x.com/settings/sessions',
  // The page that X's own consent page links to.
  help: 'https://help.x.com/en/managing-your-account/connect-or-revoke-access-to-third-party-apps',
};

/**
 * What a person is about to grant, in X's words and order; `other` holds what X's documentation does not know, as it is.
 * @param {string | readonly string[] | import('../../types/index.d.ts').AccessLevel} asked
 * @returns {import('../../types/index.d.ts').Permissions}
 */
export function permissions(asked) {
  if (typeof asked !== 'string' && 'level' in asked) return ofLevel(asked);
  const names = [...new Set([asked].flat().join(' ').split(/\s+/).filter(Boolean))];
  const known = Object.keys(SCOPES).filter((name) => names.includes(name));
  /** @param {'view' | 'do'} group */
  const under = (group) => known.filter((name) => SCOPES[name][0] === group).map((name) => SCOPES[name][1]);
  return { view: under('view'), do: under('do'), other: names.filter((name) => !known.includes(name)) };
}

/** @param {import('../../types/index.d.ts').AccessLevel} asked */
function ofLevel({ level, email }) {
  const included = LEVELS.slice(0, LEVELS.findIndex(([name]) => name === level) + 1);
  return {
    view: [...included.flatMap(([, view]) => view), ...(email ? [EMAIL] : [])],
    do: included.flatMap(([, , does]) => does),
    other: included.length > 0 ? [] : [level],
  };
}
