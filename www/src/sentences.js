// What can go wrong, in words, and what exactly is wrong with an option; what a page says without this is in errors.js.

/** @type {Parameters<typeof import('./errors.js').learn>[0]} */
export const codes = {
  invalid_config: ['An option is missing or wrong.', 'Check the options or attributes.'],
  timeout: ['X did not answer in time.', 'Show the button again.'],
  state_missing: ['The callback has no state.', 'Check what rewrites its address.'],
  state_mismatch: ['The callback answers another sign-in.', 'Start again.'],
  already_used: ['The callback was handled already.', 'Start again.'],
  expired: ['The sign-in took over 10 minutes.', 'Start again.'],
  started_elsewhere: ['No sign-in is waiting here.', 'It is over, or was started in another tab or browser. Start again.'],
  invalid_callback: ['The callback is malformed.', 'Start again.'],
  provider_error: ['X answered with an error.', 'See reason and description.'],
  exchange_failed: ['The code could not be exchanged.', 'See reason and description.'],
  network: ['The backend could not be reached.', 'Check connection and exchange address.'],
  storage_unavailable: ['The browser stores nothing for this page.', 'Use flow: "popup".'],
  embedded_unsupported: ['A sign-in cannot finish in this frame.', 'Open the page in its own tab.'],
  entropy_unavailable: ['The browser has no secure randomness.', 'Use another browser.'],
};

/** @type {Parameters<typeof import('./errors.js').learn>[1]} */
export const reasons = {
  client_id: 'clientId (client-id) is missing, or not X’s OAuth 2.0 Client ID.',
  redirect_uri_not_absolute: 'redirectUri (redirect-uri) must be a full address.',
  redirect_uri_not_secure: 'redirectUri must be https, or on this machine.',
  redirect_uri_origin: 'redirectUri must be on this page’s origin: localhost is not 127.0.0.1.',
  redirect_uri_fragment: 'redirectUri must not have a #.',
  redirect_uri_characters: 'redirectUri must be percent-encoded ASCII.',
  scope: 'scopes are names such as tweet.read.',
  exchange: 'exchange must start with / or https://.',
  start: 'start must be a path from /.',
  flow: 'flow is auto, popup or redirect.',
  endpoints: 'authorize must be https, or on this machine.',
  timeout: 'timeout is a whole number of milliseconds above 0.',
  params: 'params must not repeat the protocol’s own.',
  secret: 'A page keeps no secret. Replace it at X.',
  unknown_option: 'There is no such option.',
};
