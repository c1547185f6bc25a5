// The functions behind a button of the page's own. The callback page is `callback.js`, as for the element.
import { createSignIn, init } from 'sign-in-with-x';

const { clientId, redirectUri, authorize, scope, flow } = bench;
const x = createSignIn({ clientId, redirectUri, scopes: scope, exchange: '/exchange', flow, endpoints: { authorize } });
document.querySelector('button').addEventListener('click', () => x.signIn().catch(() => {}));
await init();
bench.ready({ url: () => x.authorizationUrl(), finish: (address) => x.handleCallback(address), clean: () => sessionStorage.clear() });
