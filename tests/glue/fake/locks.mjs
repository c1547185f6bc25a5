/** The Web Locks of one browser: held until what a window runs with them ends, or the window is gone. */
export class Locks {
  /** @type {{ name: string, mode: string, window: object }[]} */ #held = [];
  /** @type {Set<object>} */ #gone = new Set();

  /** How many a window holds for itself. @param {object} window */
  heldBy(window) {
    return this.#held.filter((lock) => lock.window === window && lock.mode === 'exclusive').length;
  }

  /** `navigator.locks` as a window sees it. Only what is never waited for: `ifAvailable`, and what is shared. @param {object} window */
  for(window) {
    return {
      query: async () => ({ held: this.#held.map(({ name, mode }) => ({ name, mode })) }),
      /** @param {string} name @param {{ ifAvailable?: true, mode?: 'shared' }} options @param {(lock: object | null) => unknown} run */
      request: async (name, { ifAvailable, mode = /** @type {'shared' | 'exclusive'} */ ('exclusive') }, run) => {
        if (!ifAvailable && mode !== 'shared') throw new TypeError('this browser keeps nobody waiting');
        await null;
        if (this.#gone.has(window)) return new Promise(() => {});
        if (this.#held.some((lock) => lock.name === name && [lock.mode, mode].includes('exclusive'))) return run(null);
        const lock = { name, mode, window };
        this.#held.push(lock);
        try {
          return await run(lock);
        } finally {
          this.#held = this.#held.filter((other) => other !== lock);
        }
      },
    };
  }

  /** A window is gone, and with it what it held. @param {object} window */
  release(window) {
    this.#gone.add(window);
    this.#held = this.#held.filter((lock) => lock.window !== window);
  }
}
