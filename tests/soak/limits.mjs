/**
 * How long each thing may take, in milliseconds. What takes longer hangs.
 *
 * They are promises to people, with room for a machine that is busy with other things: a run that goes well waits for
 * none of them.
 * @module
 */

export const LIMITS = {
  /** A page has its button. */
  ready: 15_000,
  /** X's page, or the popup, is there after the click. */
  atX: 15_000,
  /** The sign-in has ended, after the last thing that anybody did. */
  end: 12_000,
  /** The same, where the end is the SDK's own finding that nobody is at X any more: its grace of 5 s, and some. */
  closed: 5_000 + 5_000,
  /** Listeners, channels, timers and storage are as before, after the end and `destroy()`. */
  flat: 4_000,
  /** The popups have closed themselves: the callback page waits up to 2 s for an answer. */
  windows: 5_000,
};

/** After this long a second click means "try again" and is no double click any more (www/src/client.js). */
export const TRY_AGAIN = 1_100;

/** Nobody closes a window, or comes back from it, sooner; a page looks at its popup every 250 ms. */
export const SEEN = 600;

/** How slow X's token endpoint is when it is slow. */
export const SLOW = 1_200;
