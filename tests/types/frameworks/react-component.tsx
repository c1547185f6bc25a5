// The component and the hook for React: what they take and give, and what they refuse.
import { useRef } from 'react';
import { SignInWithX, useSignInWithX } from 'sign-in-with-x/react';
import type { Session, SignInError, SignInState } from 'sign-in-with-x';
import type { SignInResult, SignInWithXElement } from './names.js';
import { holds, type Is } from '../is.js';

const config = { clientId: 'client', redirectUri: 'https://app.example/auth/x/callback' };

export function Right() {
  const button = useRef<SignInWithXElement>(null);
  return (
    <SignInWithX
      {...config}
      theme="outline"
      width={240}
      disabled={false}
      logoAlignment="center"
      endpoints={{ authorize: 'http://localhost:4001/i/oauth2/authorize' }}
      onSignIn={(result) => holds<Is<typeof result, SignInResult>>()}
      onSignInError={(error) => holds<Is<typeof error, SignInError>>()}
      onSignInCancel={() => {}}
      onSignInState={(state) => holds<Is<typeof state, SignInState>>()}
      onClick={(event) => event.preventDefault()}
      className="wide"
      id="button"
      key="first"
      ref={button}
    >
      Signing in with X needs JavaScript.
    </SignInWithX>
  );
}

export function Own() {
  const { session, error, pending, signIn, signOut, cancel } = useSignInWithX({ ...config, scopes: ['users.read'], restore: true });
  holds<Is<typeof session, Session | null>>();
  holds<Is<typeof error, SignInError | null>>();
  holds<Is<typeof pending, boolean>>();
  // @ts-expect-error: who is signed in need not be anybody
  const name = session.user.username;
  return <button onClick={() => signIn({ flow: 'popup' })} onBlur={cancel} onReset={signOut}>{name}</button>;
}

// @ts-expect-error: the callback is missing
export const incomplete = <SignInWithX clientId="client" />;
// @ts-expect-error: the mark is black or white
export const blue = <SignInWithX {...config} theme="blue" />;
// @ts-expect-error A13: a page keeps no secret
export const secret = <SignInWithX {...config} clientSecret="secret" />;
// @ts-expect-error: a result, not an event
export const event = <SignInWithX {...config} onSignIn={({ detail }) => detail} />;
// @ts-expect-error: a code in a component's hands is gone in thirty seconds
export const handoff = () => useSignInWithX({ ...config, handoff: true });
