import { createClient } from '@commonhold/sdk';

/** The one client of the app: same origin, the browser's cookie. */
export const client = createClient();
