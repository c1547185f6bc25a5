/**
 * A stand-in for X, and for Auth0 and Microsoft, whose libraries want an ID token. It checks nothing: it is here to answer at once.
 * @module
 */

/** @param {object} value */
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @param {string} nonce @param {string} issuer @param {string} audience */
function idToken(nonce, issuer, audience) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: audience, sub: 'ada', nonce, iat: now, exp: now + 3600, tid: 'bench', oid: 'ada', preferred_username: 'ada', ver: '2.0' };
  // Nobody checks the signature: the token comes from the token endpoint itself (OpenID Connect Core §3.1.3.7).
  return `${part({ alg: 'RS256', typ: 'JWT', kid: 'bench' })}.${part(claims)}.${Buffer.alloc(256, 1).toString('base64url')}`;
}

export function createProvider() {
  let codes = 0;
  /** @type {Map<string, { nonce: string, issuer: string, audience: string }>} */
  const asked = new Map();
  return {
    /** The callback's address. @param {URLSearchParams} query @param {string} origin */
    authorize(query, origin) {
      codes += 1;
      const code = `code-${codes}`;
      const nonce = query.get('nonce');
      // Auth0's issuer ends in a slash; Microsoft's library has the one that its entry gives it.
      const issuer = query.has('client_info') || query.has('x-client-SKU') ? 'https://provider.example/' : `${origin}/provider/`;
      if (nonce) asked.set(code, { nonce, issuer, audience: query.get('client_id') ?? '' });
      const callback = new URL(query.get('redirect_uri') ?? origin);
      const answer = new URLSearchParams({ code, state: query.get('state') ?? '' });
      if (query.get('response_mode') === 'fragment') callback.hash = String(answer);
      else callback.search = String(answer);
      return callback.href;
    },
    /** @param {URLSearchParams} form */
    token(form) {
      const code = form.get('code') ?? '';
      const wanted = asked.get(code);
      asked.delete(code);
      const scope = 'users.read tweet.read';
      return {
        token_type: 'bearer',
        expires_in: 7200,
        access_token: 'access',
        scope: wanted ? `openid ${scope}` : scope,
        ...(wanted && { id_token: idToken(wanted.nonce, wanted.issuer, wanted.audience) }),
      };
    },
  };
}
