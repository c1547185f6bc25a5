// The floor: what the job costs when it is written by hand, and nothing is checked that need not be.
const KEY = 'floor:';
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const random = () => text(crypto.getRandomValues(new Uint8Array(32)));

async function url() {
  const state = random();
  const verifier = random();
  const challenge = text(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier)));
  sessionStorage.setItem(KEY + state, verifier);
  return `${bench.authorize}?${new URLSearchParams({
    response_type: 'code',
    client_id: bench.clientId,
    redirect_uri: bench.redirectUri,
    scope: bench.scope,
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })}`;
}

async function finish(address) {
  const query = new URL(address).searchParams;
  const verifier = sessionStorage.getItem(KEY + query.get('state'));
  if (!verifier || !query.get('code')) throw new Error('no such sign-in');
  sessionStorage.removeItem(KEY + query.get('state'));
  const response = await fetch(bench.token, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: bench.clientId, redirect_uri: bench.redirectUri, code: query.get('code'), code_verifier: verifier }),
  });
  return response.json();
}

if (location.pathname.startsWith('/callback')) {
  const answer = await finish(location.href);
  new BroadcastChannel('floor').postMessage(answer);
  if (opener) close();
} else {
  const press = async () => {
    if (bench.flow === 'redirect') return location.assign(await url());
    const popup = open(await url(), '_blank', 'popup,width=600,height=700');
    const channel = new BroadcastChannel('floor');
    const timer = setInterval(() => popup.closed && clearInterval(timer), 500);
    channel.onmessage = () => (clearInterval(timer), channel.close());
  };
  for (const button of document.querySelectorAll('button')) button.addEventListener('click', press);
  bench.ready({ url, finish, clean: () => sessionStorage.clear() });
}
