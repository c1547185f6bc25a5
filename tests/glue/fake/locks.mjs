/** The Web Locks of one browser: a name is held by one window at a time, until what it runs ends or the window is gone. */
export class Locks {
  /** @type {Map<string, object>} */ #held = new Map();

  /** How many a window holds. @param {object} window */
  heldBy(window) {
    return [...this.#held.values()].filter((holder) => holder === window).length;
  }

  /** `navigator.locks` as a window sees it. Only what is asked for `ifAvailable`. @param {object} window */
  for(window) {
    return {
      query: async () => ({ held: [...this.#held.keys()].map((name) => ({ name, mode: 'exclusive' })) }),
      /** @param {string} name @param {{ ifAvailable: true }} options @param {(lock: object | null) => unknown} run */
      request: async (name, options, run) => {
        if (!options.ifAvailable) throw new TypeError('this browser knows ifAvailable only');
        await null;
        if (this.#held.has(name)) return run(null);
        this.#held.set(name, window);
        try {
          return await run({ name, mode: 'exclusive' });
        } finally {
          this.#held.delete(name);
        }
      },
    };
  }

  /** A window is gone, and with it what it held. @param {object} window */
  release(window) {
    for (const [name, holder] of this.#held) if (holder === window) this.#held.delete(name);
  }
}
