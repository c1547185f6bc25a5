/**
 * Reading a body up to a limit.
 * @module
 */

export class TooLarge extends Error {}

/** The sender went away in the middle of it. */
export class BrokenOff extends Error {}

/** Milliseconds a body may take; what is not there by then is taken as it is, and fails its checks. */
const PATIENCE = 10_000;

/**
 * The text of a body. Bytes that are not UTF-8 become U+FFFD, which no later check lets through.
 * @param {ReadableStream<Uint8Array> | null} stream
 * @param {number} most bytes; what declares or sends more is a {@link TooLarge}
 * @throws {BrokenOff} without the stream's own error, which may hold addresses
 */
export async function readText(stream, most) {
  if (!stream) return '';
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  // Not awaited: a sender that does not stop must not keep us waiting. Its failure means that it is over.
  const stop = () => void reader.cancel().catch(() => {});
  const late = setTimeout(stop, PATIENCE);
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => { throw new BrokenOff('body broken off'); });
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > most) {
        stop();
        throw new TooLarge('body too large');
      }
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    clearTimeout(late);
  }
}
