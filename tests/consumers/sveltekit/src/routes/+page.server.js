export const load = () => {
  const { X_CLIENT_ID, ORIGIN, SIMULATOR } = process.env;
  return { clientId: X_CLIENT_ID, redirectUri: `${ORIGIN}/auth/x/callback`, authorize: `${SIMULATOR}/i/oauth2/authorize` };
};
