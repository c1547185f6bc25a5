/**
 * The shapes that the simulator's files pass to one another. Types only: nothing here exists at run time.
 * @module
 */

/**
 * An App as its developer registered it in X's console. `spa` and `native` are public clients, `web` and `bot` are
 * confidential ones and have a secret (X: fundamentals/developer-apps, "App types").
 * @typedef {object} App
 * @property {string} clientId
 * @property {string} [clientSecret] made up when a confidential App comes without one
 * @property {'spa' | 'native' | 'web' | 'bot'} type
 * @property {string} name
 * @property {string} [website]
 * @property {string} [description]
 * @property {string} [useCase] what the App is for, which X asks and shows nobody
 * @property {string} [organizationName]
 * @property {string} [organizationUrl]
 * @property {string} [termsOfService] terms of service
 * @property {string} [privacyPolicy] privacy policy
 * @property {Icon} [icon]
 * @property {string[]} redirectUris at most ten, compared byte for byte; none only if the App signs nobody in
 * @property {boolean} [requestEmail] the setting "Request email from users", which needs termsOfService and privacyPolicy; default: on with both
 * @property {boolean} [enrolled] in a Project (X: a package), without which X's API answers nothing; default true
 * @property {string} [projectId] which one; default: the one that is there from the start
 * @property {boolean} [suspended] by X: nobody can sign in, and tokens are refused; default false
 * @property {string} [bearerToken] "app-only", of which users/me takes none; default: none
 * @property {{ enabled?: boolean }} [oauth2] default: enabled
 * @property {Partial<OAuth1Settings>} [oauth1] completed with keys made from the client id
 */

/**
 * An App's settings for OAuth 1.0a.
 * @typedef {object} OAuth1Settings
 * @property {string} consumerKey the API key
 * @property {string} consumerSecret the API key secret
 * @property {Access} access the App's permission; default read
 * @property {boolean} enabled default true
 * @property {boolean} signIn "Allow this App to be used to Sign in with X"; default true
 * @property {boolean} desktop without a callback: PINs only; default false
 */

/** The levels of permission of OAuth 1.0a, as `x-access-level` has them. @typedef {'read' | 'read-write' | 'read-write-directmessages'} Access */

/** A picture. @typedef {{ type: 'image/png' | 'image/jpeg' | 'image/gif', data: string }} Icon `data` in base64 */

/**
 * An App as it is once the simulator runs. `id` is the App ID, digits.
 * @typedef {App & { id: string, enrolled: boolean, requestEmail: boolean, oauth1: OAuth1Settings, oauth2: { enabled: boolean } }} RunningApp
 */

/** What Apps are kept in, in X's console. @typedef {{ id: string, name: string, description: string, useCase: string }} Project */

/**
 * A person with an account at X.
 * @typedef {object} Account
 * @property {string} id decimal digits; may be above 2^53
 * @property {string} username the handle, without the @
 * @property {string} name
 * @property {string} profileImageUrl
 * @property {string} [email] absent: X holds no confirmed address
 */

/** @typedef {'same-origin' | 'same-origin-allow-popups' | 'noopener-allow-popups' | 'unsafe-none' | null} Coop */

/**
 * @typedef {object} SimulatorOptions
 * @property {number} [port] default 0: any free one
 * @property {string} [host] loopback only; default 127.0.0.1
 * @property {App[]} [apps] default: one single page App for http://127.0.0.1:3000/auth/x/callback
 * @property {(Omit<Account, 'profileImageUrl'> & { profileImageUrl?: string })[]} [accounts] default: two
 * @property {() => number} [clock] milliseconds since 1970; default Date.now
 * @property {string} [seed] makes every code, token and id reproducible; default: real randomness
 * @property {({ kind: string } & Record<string, unknown>)[]} [faults] set at the start, and again by a reset; default none
 * @property {string} [state] a file that keeps Apps, approvals and tokens from one run to the next; default none
 * @property {Coop} [coop] default same-origin-allow-popups
 * @property {string | null} [autoApprove] a username that approves everything at once; default null
 * @property {boolean} [signInFirst] whoever is not signed in at X gets a page for that before the consent page; default false: one page for both
 * @property {boolean} [allowPlain] accept the PKCE method "plain", as X documents it does; default false
 * @property {string[]} [signatureOrigins] for which signatures of OAuth 1.0a may be made besides the address that was called; default none
 * @property {boolean} [unverifiedReuseEndsGrant] a refresh token that is used again ends all tokens of its consent; not known of X; default false
 * @property {(event: Event) => void} [onEvent] called with each event as it happens
 */

/**
 * What an authorize request asks for once it has been found good.
 * @typedef {object} Authorization
 * @property {string} clientId
 * @property {string} redirectUri
 * @property {string[]} scopes
 * @property {string} state
 * @property {string} codeChallenge
 * @property {'S256' | 'plain'} codeChallengeMethod
 */

/** @typedef {Authorization & { accountId: string, expiresAt: number, spent: boolean }} CodeRecord */

/** @typedef {{ token: string, kind: 'at' | 'rt', grant: string, clientId: string, accountId: string, scopes: string[], expiresAt: number, live: boolean }} TokenRecord */

/** @typedef {{ method: string, path: string, query: string, headers: import('node:http').IncomingHttpHeaders, body: string, bytes: Buffer, tooLarge?: true }} Request `bytes` of the body, none of one that is `tooLarge` */

/** @typedef {{ status: number, headers: Record<string, string>, body: string | Uint8Array, cut?: boolean, note?: string }} Reply `cut`: the connection ends instead; `note`: what the log says of it, without anything that came */

/** @typedef {{ type: import('./event-types.js').EventType, time: number, parameters: Record<string, unknown> }} Event */

/** Where faults strike; faults/act.js says what happens there. @typedef {'page' | 'code' | 'redirect' | 'token' | 'refresh' | 'user' | 'revoke' | 'request_token' | 'access_token' | 'credentials' | 'invalidate'} Stage */

/**
 * What a fault may change: the answer that is about to be worked out, the code that was just issued, or the redirect
 * that is about to be sent.
 * @typedef {object} FaultSubject
 * @property {() => Reply | Promise<Reply>} [instead] makes the answer, and X's own work is left undone
 * @property {((reply: Reply) => Reply)[]} [amendments] of the answer, whoever made it
 * @property {CodeRecord} [code] at the stage `code`
 * @property {string} [redirectUri] at the stage `redirect`, as the two that follow
 * @property {[string, string][]} [parameters] of the callback
 * @property {{ url: string, keepParameters: boolean }} [elsewhere] where the browser goes, if not to the callback
 */

/**
 * Everything a handler may use. One per running simulator.
 * @typedef {object} World
 * @property {Map<string, RunningApp>} apps by client id
 * @property {Map<string, Project>} projects by id
 * @property {Account[]} accounts
 * @property {{ coop: Coop, autoApprove: string | null, autoCancel: boolean, signInFirst: boolean }} settings changed at run time by the control
 * @property {boolean} allowPlain
 * @property {string[]} signatureOrigins
 * @property {boolean} unverifiedReuseEndsGrant
 * @property {string} url browser-facing, http://localhost:PORT
 * @property {string} apiUrl back-channel, http://127.0.0.1:PORT
 * @property {import('./clock.js').Clock} clock
 * @property {import('./randomness.js').Randomness} randomness
 * @property {import('./store.js').Store} store
 * @property {import('./oauth1/store.js').OAuth1Store} oauth1
 * @property {import('./person/sessions.js').Sessions} sessions
 * @property {import('./person/approvals.js').Approvals} approvals
 * @property {import('./rates.js').Rates} rates
 * @property {import('./log/requests.js').Requests} requests
 * @property {import('./journal.js').Journal} journal
 * @property {import('./faults/queue.js').Faults} faults
 * @property {import('./developer/tickets.js').Tickets} tickets of the forms of the developer console
 * @property {import('./developer/fresh.js').FreshKeys} freshKeys that the developer console shows once
 * @property {() => Error | undefined} save writes the file of the option `state`; what went wrong, if something did
 * @property {() => void} restore what the file of the option `state` held at the start
 * @property {import('./life.js').Life} life ends what is waited for when the simulator is reset or ends
 */

export {};
