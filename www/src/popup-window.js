const WIDTH = 600;
const HEIGHT = 720;

/**
 * Opens a window in the middle of this one. Must run in the click itself. Never with `noopener`: the browser would then
 * answer `null` for an open window too.
 * @param {string} url empty for a blank window that is sent on later, for a click that comes before the engine
 * @returns {Window | null} null when the browser blocks it
 */
export function openPopup(url) {
  const left = Math.max(0, Math.round(screenX + (outerWidth - WIDTH) / 2));
  const top = Math.max(0, Math.round(screenY + (outerHeight - HEIGHT) / 2));
  try {
    const popup = open(url, '_blank', `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`);
    // Some blockers hand out a window that is closed already. One that X has cut off looks so only later.
    return popup && !popup.closed ? popup : null;
  } catch {
    return null;
  }
}

/**
 * A window starts with a copy of this page's `sessionStorage`, but not always with the attempt's record: it may have been
 * opened before that, and WebKit makes the copy in another process, which hears now and then of the window first (2 of 300,
 * WebKitGTK 2.50.6 on a busy machine). So it gets it by hand, as long as it shows nothing yet and belongs to this origin.
 * @param {Window} popup
 * @param {string} key
 * @param {string} record
 */
export function lendRecord(popup, key, record) {
  try {
    popup.sessionStorage.setItem(key, record);
  } catch {
    // Then it tells this page what it brings.
  }
}
