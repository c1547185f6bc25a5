/**
 * Why a sign-in by OAuth 2.0 does not begin, or does not go on, as the App's settings are now, and where that is mended.
 * @module
 */

/** @typedef {import('../types.js').RunningApp} RunningApp */

/**
 * @typedef {object} Refusal
 * @property {string} reason one word for the journal
 * @property {string} fix what to do. It also goes into the log, so it repeats nothing of what came
 * @property {[term: string, values: string[]][]} [facts] what to compare; for the page alone
 * @property {[path: string, words: string][]} [links] to where it is mended
 */

/**
 * @param {Map<string, RunningApp>} apps
 * @param {string} clientId
 * @param {string} redirectUri
 * @returns {Refusal | undefined}
 */
export function refusalOf(apps, clientId, redirectUri) {
  const app = apps.get(clientId);
  if (!app) return unknownApp([...apps.values()], clientId);
  const { id, name } = app;
  const path = `/developer/apps/${id}`;
  if (app.suspended) return { reason: 'suspended', fix: 'This App is suspended. Lift that in its settings.', links: [[path, `Settings of ${name}`]] };
  if (!app.oauth2.enabled) return { reason: 'oauth2_off', fix: 'OAuth 2.0 is off in this App’s User authentication settings. Turn it on there.', links: [[`${path}/authentication`, `Authentication of ${name}`]] };
  // Byte for byte: X documents an "exact match", trailing slash and port included.
  if (app.redirectUris.includes(redirectUri)) return undefined;
  return {
    reason: 'redirect_uri',
    fix: 'The "redirect_uri" is not among this App’s callbacks, which are compared byte for byte. Send one of them, or add yours: under Authentication, or where the simulator is started, by --app callback=… or redirectUris.',
    facts: [['Sent', [redirectUri]], [app.redirectUris.length === 1 ? 'Callback' : 'Callbacks', app.redirectUris]],
    links: [[`${path}/authentication`, `Authentication of ${name}`]],
  };
}

/** @param {RunningApp[]} apps @param {string} clientId @returns {Refusal} */
function unknownApp(apps, clientId) {
  const meant = apps.find(({ oauth1 }) => oauth1.consumerKey === clientId);
  return {
    reason: 'client_id',
    fix: meant ? 'This "client_id" is an App’s API Key. Send its OAuth 2.0 Client ID.' : 'No App of this simulator has this "client_id". Send the OAuth 2.0 Client ID of one that is here, or start the simulator with yours.',
    facts: (meant ? [meant] : apps.slice(0, MOST_SHOWN)).map(({ name, clientId: known }) => [name, [known]]),
    links: [['/developer', 'All Apps, in the developer console']],
  };
}

/** More of them help nobody. */
const MOST_SHOWN = 10;
