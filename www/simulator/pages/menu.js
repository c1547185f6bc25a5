/**
 * The simulator's own pages, to choose from.
 * @module
 */

const PAGES = [
  ['/developer', 'Developer console', 'Apps: create them, change their settings, regenerate their keys.'],
  ['/log', 'Log', 'What came, as it comes, and what each parameter is for.'],
  ['/settings/connected_apps', 'Connected apps', 'What a person let in, and taking it back.'],
  ['/settings/sessions', 'Sessions', 'Where a person is signed in, and logging out.'],
];

export const pagesMenu = () => `<nav aria-label="Pages"><ul class="menu">${PAGES.map(([path, name, about]) => `<li><a href="${path}">${name}</a> <span class="quiet">${about}</span></li>`).join('')}</ul></nav>`;
