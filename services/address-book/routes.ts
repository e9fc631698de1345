import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { housePage, makeVisits, Refusal, textsOf, type Contract, type Members, type Routes } from '@commonhold/sdk/service';
import { relist, search } from './book.ts';
import type { Store } from './store.ts';
import type { Fact } from './types.ts';

/** What the routes are made of. */
export interface RoutesOf { contract: Contract; members: Members; store: Store; houses: readonly string[] }

const PAGE = join(import.meta.dirname, 'page');
const FILES: readonly [string, string, string][] = [['/', 'index.html', 'text/html; charset=utf-8'], ['/app.js', 'app.js', 'text/javascript'], ['/style.css', 'style.css', 'text/css']];
const KINDS: readonly Fact['kind'][] = ['name', 'handle', 'interest', 'email_hash'];

/** The book's own routes: its page, a visit, looking anew at one's own lines, and the search. */
export function addressBookRoutes({ contract, members, store, houses }: RoutesOf): Routes {
  const visits = makeVisits(members);
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
      return { json: { token, lines: await relist(members, store, member) }, status: 201 };
    },
    'POST /lines': async ({ body }) => ({ json: { lines: await relist(members, store, visits.of(textsOf(body, 'token')[0]!)) } }),
    'POST /search': async ({ body }) => {
      const [kind, value] = textsOf(body, 'kind', 'value');
      const known = KINDS.find((one) => one === kind);
      if (!known) throw new Refusal('invalid', 'bad_input', `One of: ${KINDS.join(', ')}.`, { field: 'kind' });
      return { json: { people: await search(members, store, { kind: known, value: value!, visitor: isVisitor(body) }) } };
    },
  };

  function isVisitor(body: unknown): boolean {
    if (!(body as { token?: unknown }).token) return false;
    visits.of(textsOf(body, 'token')[0]!);
    return true;
  }
}
