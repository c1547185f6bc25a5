import { SignIn } from './sign-in';

// The addresses are the environment's.
export const dynamic = 'force-dynamic';

export default () => {
  const { X_CLIENT_ID, ORIGIN, SIMULATOR } = process.env;
  return <SignIn clientId={X_CLIENT_ID} redirectUri={`${ORIGIN}/auth/x/callback`} authorize={`${SIMULATOR}/i/oauth2/authorize`} />;
};
