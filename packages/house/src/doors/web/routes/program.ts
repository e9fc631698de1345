import type { WebDeps } from '../ports.ts';
import { none, ok, signedIn, type Route } from '../route.ts';
import { plain, shape, time } from '../shapes.ts';

/** Which program runs, and the way back to what was before its last upgrade. */
export function programRoutes({ program }: Pick<WebDeps, 'program'>): Route[] {
  return [
    signedIn({
      method: 'GET', path: '/house/program', summary: 'Which version runs, and what there is to go back to', auth: 'steward', limit: 'read',
      answers: { 200: shape({ version: plain, before: { anyOf: [shape({ program: plain, until: time }), { type: 'null' }] } }) },
      handler: () => ok({ version: program.version, before: program.before() }),
    }),
    signedIn({
      method: 'POST', path: '/house/program/back', summary: 'Go back to what was before the last upgrade: what was written since is gone, and the house closes until the version from before is started', auth: 'steward', limit: 'write',
      body: shape({}), answers: { 204: null }, problems: ['nothing_before'], handler: () => { program.back(); return none(); },
    }),
  ];
}
