/**
 * The code of "All it takes", for the kind of App that was chosen. The public one's stands in the page.
 * @module
 */

import { byId } from './dom.js';
import { choice } from './choice.js';

const BACKEND = {
  confidential: `const handler = createHandler({
  origin, clientId, redirectUris,
  clientSecret: process.env.CLIENT_SECRET,
});`,
  oauth1: `const handler = createHandler({
  origin, clientId, redirectUris,
  secrets: process.env.SECRET,
  oauth1: { consumerKey, consumerSecret },
});`,
};

const { kind, start } = choice;
if (kind !== 'public') {
  const backend = byId('code-backend');
  // Its imports, and the line that mounts it, are the same for all.
  backend.textContent = String(backend.textContent).replace(/const handler = [^]*?\}\);/, () => BACKEND[kind]);
}
if (start) {
  const page = byId('code-page');
  page.textContent = String(page.textContent).replace('\n></sign-in-with-x>', `\n  start="${start}"\n></sign-in-with-x>`);
}
