/** workerd: answers with the report. */
import { report } from './imported.mjs';

export default { fetch: () => new Response(report()) };
