// Inlined into every page of the bench, before anything else: what happens when, told to the server. It is the same for all
// contestants, and costs the page well below a millisecond.
{
  const bench = (globalThis.bench = { marks: {}, opened: [] });
  const { flow, id } = document.documentElement.dataset;
  const own = (path) => new URL(path, location.origin).href;
  Object.assign(bench, {
    flow,
    // Everything on one origin: X's own token endpoint answers no page, so whoever signs in with X asks a server of their own.
    clientId: 'bench-client',
    authorize: own('/provider/authorize'),
    token: own('/provider/oauth/token'),
    provider: own('/provider'),
    redirectUri: own(`/callback/${id}`),
    scope: 'users.read tweet.read',
  });
  const mark = (name, at = performance.now()) => (bench.marks[name] ??= at);
  const tell = (what) => fetch('/tell', { method: 'POST', body: JSON.stringify(what) }).catch(() => {});
  bench.tell = tell;

  addEventListener('error', ({ message }) => tell({ error: message }));
  addEventListener('unhandledrejection', ({ reason }) => tell({ error: String(reason) }));

  const wanted = Number(document.documentElement.dataset.buttons ?? 1);
  let drawn = 0;
  /** It has a box, so a person who looks there sees it, as soon as the next frame is made. */
  const seen = (button) => {
    if (!button) return false;
    mark('nodes');
    if (button.getBoundingClientRect().width === 0) return false;
    drawn += 1;
    if (drawn < wanted) return true;
    mark('button');
    requestAnimationFrame(() => {
      // A message comes after the frame has been made.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        mark('frame');
        const { x, y, width, height } = button.getBoundingClientRect();
        const requests = performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) => [new URL(name).pathname, startTime, responseEnd]);
        tell({ marks: bench.marks, requests, at: [x + width / 2, y + height / 2] });
      };
      port2.postMessage(null);
    });
    return true;
  };

  /** For libraries that draw nothing: they are initialised, and the page's own button starts a sign-in. */
  bench.ready = (api) => {
    mark('ready');
    Object.assign(bench, api);
    for (const button of document.querySelectorAll('button')) seen(button);
  };

  // An element's button is in a shadow root, which nothing sees from outside but who made it.
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    const observer = new MutationObserver(() => {
      if (seen(root.querySelector('button'))) observer.disconnect();
    });
    observer.observe(root, { childList: true, subtree: true });
    return root;
  };

  // The engine is there: the first authorization URL can be made.
  const memories = (bench.memories = []);
  const made = (result) => {
    mark('ready');
    const { memory } = (result.instance ?? result).exports;
    if (memory) memories.push(memory);
    return result;
  };
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = (...args) => {
      mark('compile');
      const result = original.apply(WebAssembly, args);
      result.then(made, () => {});
      return result;
    };
  }
  const { Instance, Module } = WebAssembly;
  WebAssembly.Module = function (...args) {
    mark('compile');
    return new Module(...args);
  };
  WebAssembly.Instance = function (...args) {
    mark('compile');
    return made(new Instance(...args));
  };

  // From the click to `window.open`. Promises that were settled in the click go on between its listeners; whatever else is
  // waited for comes after the last of them.
  let inClick = false;
  let pressed = 0;
  let digested = false;
  addEventListener('click', () => ((inClick = true), (digested = false), (pressed = performance.now())), { capture: true });
  addEventListener('click', () => (inClick = false));
  // Chromium answers it in the same task, WebKit does not.
  const { digest } = SubtleCrypto.prototype;
  SubtleCrypto.prototype.digest = function (...args) {
    digested = true;
    return digest.apply(this, args);
  };
  const { open } = window;
  window.open = (...args) => {
    const now = performance.now();
    const handle = open.apply(window, args);
    tell({ opened: { task: inClick, digested, milliseconds: now - pressed, blocked: handle === null, final: String(args[0] ?? '').startsWith(bench.authorize) } });
    return handle;
  };

  /** Microseconds for one authorization URL, once for each batch. */
  bench.urls = async (batches, size) => {
    const samples = [];
    for (let batch = 0; batch < batches; batch += 1) {
      bench.clean?.();
      const since = performance.now();
      for (let call = 0; call < size; call += 1) {
        const url = bench.url();
        // Who answers at once is not made to wait.
        if (typeof url !== 'string') await url;
      }
      samples.push(((performance.now() - since) * 1000) / size);
    }
    return samples;
  };

  /** Sign-ins from their beginning to their end, one after the other; the person at X is a request. */
  bench.signIns = async (count) => {
    for (let done = 0; done < count; done += 1) {
      const response = await fetch(await bench.url(), { headers: { accept: 'application/json' } });
      const { callback } = await response.json();
      const result = await bench.finish(callback);
      if (!result) throw new Error('the sign-in has no result');
    }
  };
}
