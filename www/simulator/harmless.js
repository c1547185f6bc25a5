/**
 * The parameters whose values may be shown: what is public anyway, and what the simulator itself says. All others are
 * taken for secrets, because nobody can list the names by which people call a secret.
 * @module
 */

/** `words`: a few plain ones, or it is no such thing. `address`: its own parameters are judged likewise. `text`: as it is. @typedef {'words' | 'address' | 'text'} Kind */

const WORDS =
  'response_type client_id scope code_challenge_method grant_type token_type expires_in error token_type_hint revoked ' +
  'user.fields expansions tweet.fields include_email skip_status include_entities ' +
  'oauth_consumer_key oauth_nonce oauth_signature_method oauth_timestamp oauth_version oauth_callback_confirmed realm ' +
  'x_auth_access_type force_login screen_name user_id reason account decision session ' +
  // Of answers: numbers and switches.
  'id id_str data.id data.username protected verified status errors.0.code';

const ADDRESSES = 'redirect_uri oauth_callback redirect_after_login type registration_url origin Origin';

/** What people call themselves, and what X says in sentences. */
const TEXTS =
  'name email data.name data.confirmed_email data.profile_image_url profile_image_url profile_image_url_https ' +
  'error_description title detail required_enrollment errors.0.message';

/** @type {Map<string, Kind>} */
const KINDS = new Map(
  /** @type {[Kind, string][]} */ ([['words', WORDS], ['address', ADDRESSES], ['text', TEXTS]]).flatMap(([kind, names]) => names.split(' ').map((name) => /** @type {[string, Kind]} */ ([name, kind]))),
);

/** @param {string} name @returns {Kind | undefined} none: a secret, for all we know */
export const kindOf = (name) => KINDS.get(name);

/** Letters, digits and what stands between them: no pairs, no JSON, no markup. A client id may end in "=". @param {string} value */
export const isWords = (value) => /^[\w .,:+%~*-]*=*$/.test(value);

/** A word of a path or of a name. Codes, tokens and keys are longer, with digits and capitals among their letters. @param {string} word */
export const isWord = (word) => /^[\w.~@-]{0,20}$|^[a-z_-]{0,40}$/.test(word);
