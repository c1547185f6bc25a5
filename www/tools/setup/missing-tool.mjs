/** Something the person has to install themselves; the message says what, and how. */
export class MissingTool extends Error {
  /** @param {string} what @param {string} how a command @param {string} [otherwise] */
  constructor(what, how, otherwise) {
    super(`${what} is missing. Install it:\n\n    ${how}\n${otherwise ? `\n${otherwise}\n` : ''}`);
    this.name = 'MissingTool';
  }
}
