/**
 * The callback page's script. Importing it runs it: it cleans the address, exchanges the code, tells the page that waits
 * (or hands it the code, where only that page can exchange it), then closes the window or goes on. Load it on a page of its
 * own, before anything else. It speaks in the element `#sign-in-with-x-status`, whose `data-home` is where its links lead.
 */
export {};
