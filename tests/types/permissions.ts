// What a person is about to grant: scopes or a level in, sentences out; and the element that shows them.
import { links, permissions, type AccessLevel, type Permissions } from 'sign-in-with-x';
import * as apart from 'sign-in-with-x/permissions';
import { SignInWithXPermissionsElement } from 'sign-in-with-x/permissions/define';
import { holds, type Is } from './is.js';

const granted = permissions(['tweet.read', 'users.read'] as const);
holds<Is<typeof granted, Permissions>>();
holds<Is<Permissions, { view: string[]; do: string[]; other: string[] }>>();
permissions('tweet.read users.read');
const level: AccessLevel = { level: 'messages', email: true };
permissions(level);
permissions({ level: 'read' });
holds<Is<typeof links.connectedApps, string>>();
holds<Is<typeof apart.permissions, typeof permissions>>();
holds<Is<typeof apart.links, typeof links>>();
// @ts-expect-error: X has three levels
permissions({ level: 'admin' });
// @ts-expect-error: it has to be said what is asked for
permissions();
// @ts-expect-error: X's page is where it is
links.help = 'https://example.com';

const element = document.createElement('sign-in-with-x-permissions');
holds<Is<typeof element, SignInWithXPermissionsElement>>();
holds<Is<typeof element, apart.SignInWithXPermissionsElement>>();
element.scope = 'tweet.read';
element.level = 'write';
element.email = true;
element.headingLevel = '2';
element.headingLevel = 2;
// @ts-expect-error: <h1> is the page's own
element.headingLevel = '1';
// @ts-expect-error: and so it is as a number
element.headingLevel = 1;
// @ts-expect-error: a flag
element.email = 'yes';
