import { join } from 'node:path';
import { makeVisits, pagesOf, Refusal, textsOf, visitRoutes, type Roster, type Routes, type Running } from '@commonhold/sdk/service';
import { settle } from './settle.ts';
import { readTable } from './table.ts';

/** Potluck's own routes: its page, a visit, the table that all share, and the day of a meal. */
export function potluckRoutes({ contract, members, houses, roster }: Running & { roster: Roster }): Routes {
  const visits = makeVisits(members);
  return {
    ...pagesOf({ folder: join(import.meta.dirname, 'page'), contract, houses }),
    ...visitRoutes(visits, (member) => { roster.keep(member); return {}; }),
    'POST /table': async ({ body }) => {
      visits.of(textsOf(body, 'token')[0]!);
      return { json: await readTable(members, roster, new Date().toISOString().slice(0, 10)) };
    },
    'POST /settle': async ({ body }) => {
      const [token, meal] = textsOf(body, 'token', 'meal');
      const { house, persona } = visits.of(token!);
      const now = await members.find(house, persona);
      if (!now) throw new Refusal('denied', 'not_a_member', 'Join this service in your house first, then come back.');
      return { json: await settle(members, now, meal!, Date.now()) };
    },
  };
}
