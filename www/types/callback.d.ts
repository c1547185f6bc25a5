/**
 * The callback page's script. Importing it runs it: it cleans the address, hands the answer to the page that waits or
 * exchanges the code, then closes the window or goes on. Load it on a page of its own, before anything else.
 */
export {};
