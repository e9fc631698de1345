import type { WebDeps } from '../ports.ts';
import { ok, signedIn, type Route } from '../route.ts';
import { list, named, shape } from '../shapes.ts';

/** How the house is, for those who look after it. */
export function wellbeingRoutes({ health }: Pick<WebDeps, 'health'>): Route[] {
  return [
    signedIn({
      method: 'GET', path: '/house/health', summary: 'How the house is: disk, memory, certificate, backups and what else it looks after, the same that "commonhold doctor" says',
      auth: 'steward', limit: 'page', answers: { 200: shape({ tiles: list(named('HealthTile')) }) },
      handler: async () => ok({ tiles: await health.look() }),
    }),
  ];
}
