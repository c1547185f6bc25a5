// What comes back: results, sessions, errors, findings.
import {
  SignInError, createPkcePair, init,
  type Finding, type PkcePair, type Session, type SignIn, type SignInErrorCode, type SignInResult, type User,
} from 'sign-in-with-x';
import { holds, type Is } from './is.js';

declare const signIn: SignIn;

holds<Is<ReturnType<typeof init>, Promise<void>>>();
holds<Is<ReturnType<SignIn['signIn']>, Promise<SignInResult>>>();
holds<Is<ReturnType<SignIn['handleCallback']>, Promise<SignInResult | null>>>();
holds<Is<ReturnType<SignIn['getSession']>, Promise<Session | null>>>();
holds<Is<ReturnType<SignIn['signOut']>, Promise<void>>>();
holds<Is<ReturnType<SignIn['doctor']>, Promise<Finding[]>>>();
holds<Is<ReturnType<SignIn['authorizationUrl']>, string>>();
holds<Is<ReturnType<typeof createPkcePair>, PkcePair>>();
holds<Is<PkcePair['codeChallengeMethod'], 'S256'>>();
holds<Is<SignInResult['scopes'], string[]>>();
holds<Is<Session['user'], User>>();
// An id can exceed what a number holds.
holds<Is<User['id'], string>>();

const result = await signIn.signIn();
// @ts-expect-error: without a profile from the backend there is no user
result.user.username;
// @ts-expect-error: only with `handoff: true`
result.handoff.code;
holds<Is<NonNullable<SignInResult['handoff']>, { code: string; codeVerifier: string; redirectUri: string; clientId: string }>>();
// @ts-expect-error: not every account has an address, and not every app may see it
const address: string = result.user!.email;

// G1: no token, in any name, comes to the page.
holds<Is<Extract<keyof SignInResult | keyof Session | keyof User, `${string}oken${string}`>, never>>();

const error = new SignInError('network', { reason: 'x', cause: new Error() });
holds<Is<typeof error.code, SignInErrorCode>>();
holds<Is<typeof error.retryable, boolean>>();
const all: Error = error;
// @ts-expect-error: there is no such code
new SignInError('network_error');
// @ts-expect-error: nor one to compare with
if (error.code === 'popup_closed') throw error;
// @ts-expect-error: a code is not changed afterwards
new SignInError('network').code = 'internal';

switch (error.code) {
  case 'cancelled':
    break;
  default:
    holds<Is<typeof error.code, Exclude<SignInErrorCode, 'cancelled'>>>();
}

holds<Is<Finding['severity'], 'error' | 'warning'>>();
