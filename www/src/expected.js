// Whether this page may be the end of a sign-in: whether the whole engine is worth its download before anybody has pressed
// the button. A guess by names, which decides nothing; what an address or a record means the engine says.

const PREFIX = 'sign-in-with-x:';

/** @param {string} [address] this page's unless told */
export function isExpected(address) {
  try {
    return /[?&#](code|error|state|iss|oauth_\w+|denied|\w*token)=/.test(address ?? location.href) || Object.keys(sessionStorage).some((key) => key.startsWith(PREFIX));
  } catch {
    // There is no page, or no storage.
    return false;
  }
}

/** A callback that `arrived` in this page's address, until a client takes it; and whether a redirect has begun on this page. @type {{ arrived?: string, hasLeft?: boolean }} */
export const page = {};

/**
 * Cleans this page's address, if a callback to this place is in it (RFC 9700 §4.2.4), before anything else is loaded: what
 * runs afterwards cannot read the code there.
 * @param {string} redirectUri
 */
export function arrive(redirectUri) {
  const { href, origin, pathname, search, hash } = location;
  const [place] = redirectUri.split('?');
  const named = (/** @type {string} */ names) => RegExp(`[?&#](${names})=`).test(search + hash);
  if (place + (place === origin ? '/' : '') === origin + pathname && ((named('state') && named('code|error')) || named('oauth_verifier|denied|(access_|id_)?token'))) {
    history.replaceState(null, '', pathname);
    page.arrived = href;
  }
  return page.arrived ?? href;
}
