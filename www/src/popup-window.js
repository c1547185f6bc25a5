const WIDTH = 600;
const HEIGHT = 720;

/**
 * Opens a window in the middle of this one. Must run in the click itself. Never with `noopener`: the browser would then
 * answer `null` for an open window too.
 * @param {string} url empty for a blank window that is sent on later
 * @returns {Window | null} null when the browser blocks it
 */
export function openPopup(url) {
  const left = Math.max(0, Math.round(screenX + (outerWidth - WIDTH) / 2));
  const top = Math.max(0, Math.round(screenY + (outerHeight - HEIGHT) / 2));
  try {
    return open(url, '_blank', `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`) ?? null;
  } catch {
    return null;
  }
}

/**
 * Opens a blank window now and sends it to its address later, for a click that comes before the engine.
 * @returns {((url: string) => Window | null) & { close(): void }}
 */
export function openPopupEarly() {
  const early = openPopup('');
  /** @param {string} url */
  const send = (url) => {
    if (!early || early.closed) return null;
    early.location.replace(url);
    return early;
  };
  return Object.assign(send, { close: () => early?.close() });
}
