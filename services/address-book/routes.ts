import { join } from 'node:path';
import { makeVisits, pagesOf, Refusal, textsOf, visitRoutes, type Routes, type Running } from '@commonhold/sdk/service';
import { relist, search } from './book.ts';
import type { Store } from './store.ts';
import type { Fact } from './types.ts';

const KINDS: readonly Fact['kind'][] = ['name', 'handle', 'interest', 'email_hash'];

/** The book's own routes: its page, a visit, looking anew at one's own lines, and the search. */
export function addressBookRoutes({ contract, members, houses, store }: Running & { store: Store }): Routes {
  const visits = makeVisits(members);
  return {
    ...pagesOf({ folder: join(import.meta.dirname, 'page'), contract, houses }),
    ...visitRoutes(visits, async (member) => ({ lines: await relist(members, store, member) })),
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
