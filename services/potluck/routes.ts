import { join } from 'node:path';
import { makeVisits, pagesOf, textsOf, visitRoutes, type Roster, type Routes, type Running } from '@commonhold/sdk/service';
import { readTable } from './table.ts';

/** Potluck's own routes: its page, a visit, and the table that all share. */
export function potluckRoutes({ contract, members, houses, roster }: Running & { roster: Roster }): Routes {
  const visits = makeVisits(members);
  return {
    ...pagesOf({ folder: join(import.meta.dirname, 'page'), contract, houses }),
    ...visitRoutes(visits, (member) => { roster.keep(member); return {}; }),
    'POST /table': async ({ body }) => {
      visits.of(textsOf(body, 'token')[0]!);
      return { json: await readTable(members, roster, new Date().toISOString().slice(0, 10)) };
    },
  };
}
