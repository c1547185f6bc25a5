'use client';
import { useEffect, useRef, useState } from 'react';
import 'sign-in-with-x/define';

export function SignIn({ clientId, redirectUri, authorize }) {
  const button = useRef(null);
  const [user, setUser] = useState(null);

  useEffect(() => {
    const element = button.current;
    const signedIn = ({ detail }) => setUser(detail.user);
    element.endpoints = { authorize };
    element.addEventListener('sign-in', signedIn);
    return () => element.removeEventListener('sign-in', signedIn);
  }, [authorize]);

  return (
    <>
      <sign-in-with-x client-id={clientId} redirect-uri={redirectUri} ref={button} />
      <p id="status" role="status">{user && `Signed in as @${user.username}`}</p>
    </>
  );
}
