/** The BroadcastChannels of one browser. What is sent is heard a turn later, by the others of its name that are open then. */
export class Channels {
  /** @type {Set<{ name: string, onmessage?: ((event: { data: unknown }) => void) | null }>} */ open = new Set();
  /** Nobody gets round to hearing. */
  muted = false;

  /** The class as a window sees it. @param {(what: string, name: string, message?: unknown) => void} log */
  for(log) {
    const channels = this;
    return class BroadcastChannel {
      /** @type {((event: { data: unknown }) => void) | null} */ onmessage = null;
      /** @param {string} name */
      constructor(name) {
        this.name = name;
        log('channel', name);
        channels.open.add(this);
      }
      /** @param {unknown} message */
      postMessage(message) {
        if (!channels.open.has(this)) throw new DOMException('closed', 'InvalidStateError');
        const data = structuredClone(message);
        log('postMessage', this.name, data);
        for (const other of channels.open) {
          if (other === this || other.name !== this.name) continue;
          setImmediate(() => channels.open.has(other) && !channels.muted && other.onmessage?.({ data }));
        }
      }
      close() {
        channels.open.delete(this);
      }
    };
  }
}
