// The first script of the page: counts what is listening and ticking, whoever set it up. A classic script, so that it
// has run before any module is asked for.
(() => {
  /** @typedef {{ target: WeakRef<EventTarget>, kind: string, type: string, listener: unknown, capture: boolean }} Listening */

  /** @type {Set<Listening>} */
  const listening = new Set();
  const channels = new Set();
  const timers = { interval: new Set(), timeout: new Set() };
  /** Targets that are over, and whose listeners are with them. */
  const over = new WeakSet();

  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const captureOf = (/** @type {any} */ options) => Boolean(typeof options === 'object' ? options?.capture : options);

  /** @param {string} type @param {any} listener @param {boolean | AddEventListenerOptions} [options] */
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    add.call(this, type, listener, options);
    const target = this ?? window;
    const { once, signal } = typeof options === 'object' && options ? options : /** @type {AddEventListenerOptions} */ ({});
    const capture = captureOf(options);
    if (!listener || signal?.aborted || find(target, type, listener, capture)) return;
    const entry = { target: new WeakRef(target), kind: target.constructor.name, type, listener, capture };
    listening.add(entry);
    const forget = () => void listening.delete(entry);
    if (once) add.call(target, type, forget, { once: true, capture });
    if (signal) add.call(signal, 'abort', forget, { once: true });
    if (target instanceof AbortSignal) add.call(target, 'abort', () => over.add(target), { once: true });
  };

  /** @param {string} type @param {any} listener @param {boolean | EventListenerOptions} [options] */
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    remove.call(this, type, listener, options);
    const entry = find(this ?? window, type, listener, captureOf(options));
    if (entry) listening.delete(entry);
  };

  /** @param {EventTarget} target @param {string} type @param {unknown} listener @param {boolean} capture */
  function find(target, type, listener, capture) {
    for (const entry of listening) {
      if (entry.type === type && entry.listener === listener && entry.capture === capture && entry.target.deref() === target) return entry;
    }
    return undefined;
  }

  const Channel = BroadcastChannel;
  window.BroadcastChannel = class BroadcastChannel extends Channel {
    /** @param {string} name */
    constructor(name) {
      super(name);
      channels.add(this);
    }

    close() {
      super.close();
      channels.delete(this);
      over.add(this);
    }
  };

  const { setInterval: every, clearInterval: stopEvery, setTimeout: after, clearTimeout: stopAfter } = window;
  Object.assign(window, {
    setInterval(/** @type {any[]} */ ...values) {
      const id = every.apply(window, /** @type {any} */ (values));
      timers.interval.add(id);
      return id;
    },
    setTimeout(/** @type {any} */ work, /** @type {any[]} */ ...values) {
      const id = after.call(window, (/** @type {any[]} */ ...given) => {
        timers.timeout.delete(id);
        work(...given);
      }, ...values);
      timers.timeout.add(id);
      return id;
    },
  });
  // The two families of handles are one: either function ends either kind.
  for (const [name, stop] of /** @type {const} */ ([['clearInterval', stopEvery], ['clearTimeout', stopAfter]])) {
    window[name] = (id) => {
      stop.call(window, id);
      for (const family of Object.values(timers)) family.delete(id);
    };
  }

  // On a desktop a popup takes the keyboard from the page, and its end gives it back. A headless browser says that every
  // window has it.
  const keyboard = { isHere: true };
  Document.prototype.hasFocus = () => keyboard.isHere;
  const { open } = window;
  window.open = (...values) => {
    const opened = open.apply(window, values);
    if (opened) keyboard.isHere = false;
    return opened;
  };

  Object.assign(window, {
    counted: {
      keyboard,
      /** The page's own waiting must not count. */
      wait: (/** @type {number} */ ms) => new Promise((resolve) => after.call(window, resolve, ms)),
      /** @returns {Record<string, number>} how many of what */
      now() {
        /** @type {Record<string, number>} */
        const result = { channels: channels.size, intervals: timers.interval.size, timeouts: timers.timeout.size };
        for (const { target, kind, type } of listening) {
          const alive = target.deref();
          if (alive && !over.has(alive)) result[`${type} on ${kind}`] = (result[`${type} on ${kind}`] ?? 0) + 1;
        }
        return result;
      },
    },
  });
})();
