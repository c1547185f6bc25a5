/** The site's two pages. */

const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/**
 * @param {object} shown
 * @param {string} shown.clientId
 * @param {string} shown.callback
 * @param {string} [shown.start] where the backend begins the sign-in, in the place of the page
 * @param {string} [shown.authorize] of a simulator, in the place of X
 * @param {{ username: string }} [shown.user] who is signed in
 */
export const home = ({ clientId, callback, start, authorize, user }) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <title>Welcome</title>
  <link rel="icon" href="data:,">
  <script type="module">
    import '/sign-in-with-x/define.js';

    const button = document.querySelector('sign-in-with-x');
    const status = document.querySelector('#status');
    ${authorize ? `button.endpoints = { authorize: '${authorize}' };` : ''}
    button.addEventListener('sign-in', ({ detail }) => {
      status.textContent = \`Signed in as @\${detail.user.username}\`;
    });
    button.addEventListener('sign-out', () => {
      status.textContent = 'Nobody is signed in';
    });
    button.addEventListener('sign-in-cancel', () => {
      status.textContent = 'Not this time';
    });
    button.addEventListener('sign-in-error', ({ detail }) => {
      status.textContent = detail.reason === 'rate_limited' ? 'X is busy, please try again later' : 'That did not work';
    });
  </script>
</head>
<body>
  <sign-in-with-x client-id="${clientId}" redirect-uri="${callback}"${start ? ` start="${start}"` : ''} restore></sign-in-with-x>
  <p id="status" role="status">${user ? `Signed in as @${escaped(user.username)}` : 'Nobody is signed in'}</p>
</body>
</html>
`;

export const callbackPage = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <script src="/sign-in-with-x/callback.js"></script>
  <title>Signing in</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/sign-in-with-x/callback.css">
</head>
<body>
  <main><div id="sign-in-with-x-status" role="status">Signing you in …</div></main>
</body>
</html>
`;
