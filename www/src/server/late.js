/**
 * A store's answer that nobody waits for any longer, and that may come yet.
 * @module
 */

export class Late extends Error {
  /** What is done about it when it comes. Private: hosts log errors, and this may be somebody's tokens. @type {Promise<any>} */
  #answer;

  /** @param {string} message @param {Promise<any>} answer */
  constructor(message, answer) {
    super(message);
    this.#answer = answer;
    // Most of them nobody asks for.
    answer.catch(() => {});
  }

  /** The same of what is made of the answer. @param {(answer: any) => any} make */
  map(make) {
    return new Late(this.message, this.#answer.then(make));
  }

  /** When it comes after all. */
  get answer() {
    return this.#answer;
  }
}
