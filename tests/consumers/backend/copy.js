/** The callback page's script becomes a file of the site's own: `node backend/copy.js <folder of static files>`. */
import { copyFileSync, mkdirSync } from 'node:fs';

const [, , folder] = process.argv;
mkdirSync(folder, { recursive: true });
copyFileSync('node_modules/sign-in-with-x/callback.js', `${folder}/callback.js`);
