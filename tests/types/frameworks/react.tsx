// The element in JSX, with React's types and the README's declaration.
import 'sign-in-with-x/define';
import { useRef } from 'react';
import type { SignInResult, SignInWithXElement } from './names.js';
import { holds, type Is } from '../is.js';

export function Right() {
  const button = useRef<SignInWithXElement>(null);
  return (
    <sign-in-with-x
      client-id="client"
      redirect-uri="https://app.example/auth/x/callback"
      theme="outline"
      width={240}
      disabled={false}
      endpoints={{ authorize: 'http://localhost:4001/i/oauth2/authorize' }}
      onsign-in={({ detail }) => holds<Is<typeof detail, SignInResult>>()}
      onsign-in-cancel={({ detail }) => holds<Is<typeof detail, null>>()}
      onClick={(event) => event.preventDefault()}
      className="wide"
      key="first"
      ref={button}
    >
      Signing in with X needs JavaScript.
    </sign-in-with-x>
  );
}

// @ts-expect-error: the callback is missing
export const incomplete = <sign-in-with-x client-id="client" />;
// @ts-expect-error: the mark is black or white
export const blue = <sign-in-with-x client-id="client" redirect-uri="https://app.example/" theme="blue" />;
// @ts-expect-error A13: a page keeps no secret
export const secret = <sign-in-with-x client-id="client" redirect-uri="https://app.example/" clientSecret="secret" />;
// @ts-expect-error: an event, not a result
export const result = <sign-in-with-x client-id="client" redirect-uri="https://app.example/" onsign-in={(event: SignInResult) => event} />;
