/** The time in a fake browser: it passes when a test says so. */
export class Clock {
  /** Milliseconds since the browser began: what nobody sets. */
  time = 1000;
  /** The device's date is this much ahead; a person may set it. */
  date = 1_800_000_000_000;
  /** @type {Map<number, { at: number, every?: number, run: () => void }>} */ #timers = new Map();
  #names = 0;

  now = () => this.date + this.time;

  /** How many timers are running. */
  get running() {
    return this.#timers.size;
  }

  setTimeout = (/** @type {() => void} */ run, after = 0) => this.#start({ at: this.time + after, run });
  setInterval = (/** @type {() => void} */ run, every = 0) => this.#start({ at: this.time + every, every, run });
  clear = (/** @type {number} */ name) => void this.#timers.delete(name);

  /** @param {{ at: number, every?: number, run: () => void }} timer */
  #start(timer) {
    this.#timers.set(++this.#names, timer);
    return this.#names;
  }

  /** Lets time pass, and everything happen that was due. */
  async pass(milliseconds = 0) {
    const end = this.time + milliseconds;
    await settle();
    for (;;) {
      const [name, timer] = [...this.#timers].sort(([, one], [, two]) => one.at - two.at)[0] ?? [];
      if (!timer || timer.at > end) break;
      this.time = timer.at;
      if (timer.every === undefined) this.#timers.delete(/** @type {number} */ (name));
      else timer.at += Math.max(timer.every, 1);
      timer.run();
      await settle();
    }
    this.time = end;
    await settle();
  }
}

/** What is under way without a timer: promises, messages, answers. */
export async function settle() {
  for (let turn = 0; turn < 6; turn++) await new Promise(setImmediate);
}
