import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { housePage, makeVisits, textsOf, type Contract, type Members, type Routes } from '@commonhold/sdk/service';
import type { Store } from './store.ts';
import { readTable } from './table.ts';

/** What the routes are made of. `houses`: what is proposed to people who have not said where they live. */
export interface RoutesOf { contract: Contract; members: Members; store: Store; houses: readonly string[]; now?: () => number }

const PAGE = join(import.meta.dirname, 'page');
const FILES: readonly [string, string, string][] = [['/', 'index.html', 'text/html; charset=utf-8'], ['/app.js', 'app.js', 'text/javascript'], ['/style.css', 'style.css', 'text/css']];

/** Potluck's own routes: its page, a visit, and the table that all share. */
export function potluckRoutes({ contract, members, store, houses, now = Date.now }: RoutesOf): Routes {
  const visits = makeVisits(members, now);
  const files = FILES.map(([path, name, type]): [string, Routes[string]] => {
    const file = readFileSync(join(PAGE, name));
    return [`GET ${path}`, () => ({ file, type })];
  });
  return {
    ...Object.fromEntries(files),
    'GET /house.js': housePage(),
    'GET /about': () => ({ json: { service: contract.service.id, version: contract.version, bundles: Object.keys(contract.bundles ?? {}), houses } }),
    'POST /visits': async ({ body }) => {
      const [house, persona, secret] = textsOf(body, 'house', 'persona', 'secret');
      const { token, member } = await visits.begin(house!, persona!, secret!);
      store.keep(member);
      return { json: { token, version: member.version }, status: 201 };
    },
    'POST /table': async ({ body }) => {
      visits.of(textsOf(body, 'token')[0]!);
      return { json: await readTable(members, store, new Date(now()).toISOString().slice(0, 10)) };
    },
  };
}
