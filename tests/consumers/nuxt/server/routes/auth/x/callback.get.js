import { callbackPage } from '../../../../backend/sign-in.js';

export default defineEventHandler(() => callbackPage());
