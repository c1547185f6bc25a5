/**
 * The code of "All it takes", for the kind of App that was chosen. The public one's stands in the page.
 * @module
 */

import { byId } from './dom.js';
import { choice } from './choice.js';

const BACKEND = {
  confidential: `const handle = createHandler({
  origin, clientId, redirectUris,
  clientSecret: process.env.CLIENT_SECRET,
});`,
  oauth1: `const handle = createHandler({
  origin, clientId, redirectUris,
  secrets: process.env.SECRET,
  oauth1: { consumerKey, consumerSecret },
});`,
};

if (choice.kind !== 'public') {
  const backend = byId('code-backend');
  backend.textContent = `import { createHandler } from 'sign-in-with-x/server';\n\n${BACKEND[choice.kind]}`;
}
if (choice.start) {
  const page = byId('code-page');
  page.textContent = String(page.textContent).replace('\n></sign-in-with-x>', `\n  start="${choice.start}"\n></sign-in-with-x>`);
}
