/**
 * The element whose script this is. There is one only now, while it runs for the first time; a module has none. Not simply
 * `document.currentScript`: an image of that name, which a page's visitors may have put there, comes first (HTML §3.1.7).
 * @type {any}
 */
export const script = globalThis.Document && Reflect.get(Document.prototype, 'currentScript', document);
