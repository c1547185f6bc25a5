import { signIn } from '../../../../backend/sign-in.js';

export default defineEventHandler((event) => signIn()(toWebRequest(event)));
