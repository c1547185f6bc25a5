import { callbackPage } from '../../../../backend/sign-in.js';

export { callbackPage as GET };
