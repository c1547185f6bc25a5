import { signIn } from '../../../../../backend/sign-in.js';

const handler = ({ request }) => signIn()(request);

export { handler as GET, handler as POST };
