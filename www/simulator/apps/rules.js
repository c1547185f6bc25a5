/**
 * X's rules for what the settings of an App may hold. A broken one is told in a sentence that names what to do, for the
 * field of a form as well as for whoever starts the simulator.
 * @module
 */

/** X: fundamentals/developer-apps, "Callback URLs": at most ten, and none of these schemes. */
export const MOST_CALLBACKS = 10;
const FORBIDDEN_SCHEMES = new Set(
  ('vbscript javascript vbs data mocha keyword livescript ftp file gopher acrobat callto daap itpc itms firefoxurl hcp ' +
    'ldap mailto mmst mmsu msbd rtsp mso-offdap snews news nntp outlook stssync rlogin telnet tn3270 shell sip').split(' '),
);

/** Of the form that X had before its console (from memory: X documents no lengths any more). */
export const NAME_LENGTH = 32;
export const DESCRIPTION_LENGTH = [10, 200];

/**
 * @param {string} uri
 * @returns {string | undefined}
 */
export function callbackProblem(uri) {
  const whole = withScheme(uri);
  if (whole !== undefined) return `write the callback whole: ${whole}`;
  if (!URL.canParse(uri)) return `"${uri}" is not an absolute URL. Write it whole, such as http://127.0.0.1:3000/callback`;
  // RFC 3986 §2: an address is ASCII. A Location could not carry anything else.
  if (!/^[\x21-\x7e]+$/.test(uri)) return `percent-encode what is no printable ASCII in the callback: ${uri}`;
  const { protocol, hash } = new URL(uri);
  if (FORBIDDEN_SCHEMES.has(protocol.slice(0, -1))) return `X refuses callbacks that start with ${protocol}`;
  // RFC 6749 §3.1.2: the redirection endpoint URI must not include a fragment.
  if (hash !== '' || uri.endsWith('#')) return `a callback has no fragment: take away what begins with # in ${uri}`;
  // X, "Custom protocol URLs": with a path and domain part, such as twitter://callback/path.
  if (!/^https?:$/.test(protocol) && !/^[a-z][a-z0-9+.-]*:\/\/[^/?#]+\/./i.test(uri)) return `X wants a domain and a path in a custom protocol, such as my-app://callback/path, not ${uri}`;
  return undefined;
}

/** The settings that are addresses of web pages, and what X calls them. */
export const PAGES = /** @type {const} */ ({
  website: 'Website URL',
  organizationUrl: 'Organization URL',
  termsOfService: 'Terms of service',
  privacyPolicy: 'Privacy policy',
});

/**
 * A host with a port reads as a scheme of its own: "localhost:3000/cb" has the scheme "localhost".
 * @param {string} uri
 * @returns {string | undefined} with the scheme that was forgotten
 */
function withScheme(uri) {
  const [, host, isHere] = /^(?:\/\/)?((localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?(?:[/?#].*)?|(?:[a-z\d-]+\.)+[a-z\d-]+(?::\d+)?(?:[/?#].*)?)$/i.exec(uri) ?? [];
  return host && `${isHere ? 'http' : 'https'}://${isHere?.toLowerCase() === 'localhost' ? host.replace(/^localhost/i, '127.0.0.1') : host}`;
}

/**
 * What X takes and nobody can mean.
 * @param {string} uri a callback without a problem
 * @returns {string | undefined} a sentence
 */
export function callbackAdvice(uri) {
  const { protocol, hostname } = new URL(uri);
  if (uri.includes('*')) return 'The star stands for itself: callbacks are compared byte for byte, so that no other address matches this one.';
  if (hostname === 'localhost') return 'X’s documentation says 127.0.0.1 instead of localhost. Whichever it is, the App has to send the same.';
  if (protocol === 'http:' && !/^127\.|^\[::1\]$|\.localhost$/.test(hostname)) return 'Without https whoever is on the way can read the code. Use https:// for what is not on this machine.';
  return undefined;
}

/**
 * @param {string} url of one of these
 * @returns {string | undefined}
 */
export function pageProblem(url) {
  if (!URL.canParse(url)) return 'This is no whole address. Begin it with https://';
  const { protocol, hostname } = new URL(url);
  if (!/^https?:$/.test(protocol)) return 'An address of a web page begins with https:// or http://';
  // Seen at X: dotnet-presentations/blazor-workshop#184.
  if (hostname === 'localhost') return 'X takes no localhost here. Any real address does, such as https://example.com';
  return undefined;
}

/**
 * @param {string} name
 * @param {Iterable<string>} taken names of the other Apps
 * @returns {string | undefined}
 */
export function nameProblem(name, taken) {
  if (name === '') return 'Give the App a name';
  if ([...name].length > NAME_LENGTH) return `A name has at most ${NAME_LENGTH} characters, and this one has ${[...name].length}`;
  if (/\p{Cc}/u.test(name)) return 'A name has no control characters';
  if ([...taken].includes(name)) return `Another App has the name "${name}". Every App has its own`;
  return undefined;
}

/** @param {string} text @returns {string | undefined} */
export function descriptionProblem(text) {
  const [least = 0, most = 0] = DESCRIPTION_LENGTH;
  const { length } = [...text];
  if (length === 0) return `Describe the App, in ${least} to ${most} characters`;
  return length < least || length > most ? `Describe the App in ${least} to ${most} characters. This one has ${length}` : undefined;
}
