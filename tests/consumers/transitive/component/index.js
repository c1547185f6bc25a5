/** A package of somebody else's: the site that uses it does not know what it is made of. */
import 'sign-in-with-x/define';

/** @param {Element} target @param {Record<string, string>} options @param {(user: { username: string }) => void} onSignIn */
export function signInButton(target, { clientId, redirectUri, authorize }, onSignIn) {
  const button = document.createElement('sign-in-with-x');
  Object.assign(button, { clientId, redirectUri, endpoints: { authorize } });
  button.addEventListener('sign-in', ({ detail }) => onSignIn(detail.user));
  target.append(button);
}
