import { callbackPage } from '../../../../backend/sign-in.js';

export const dynamic = 'force-dynamic';

export { callbackPage as GET };
