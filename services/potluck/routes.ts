import { timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, type Contract, type Member, type Members, type Routes } from '@commonhold/sdk/service';
import type { Store } from './store.ts';
import { readTable } from './table.ts';
import type { PotluckCollections } from './types.ts';

/** What the routes are made of. `house`: where people are sent who have not said where they live. */
export interface RoutesOf { contract: Contract; members: Members; store: Store; houses: readonly string[]; now?: () => number }

const PAGE = join(import.meta.dirname, 'page');
const FILES: readonly [string, string, string][] = [
  ['/', 'index.html', 'text/html; charset=utf-8'], ['/app.js', 'app.js', 'text/javascript'], ['/house.js', 'house.js', 'text/javascript'], ['/style.css', 'style.css', 'text/css'],
];
const VISIT_MS = 10 * 60_000;

/** Potluck's own routes: its page, a visit (the proof that a pod is yours is a record in it), and the table that all share. */
export function potluckRoutes({ contract, members, store, houses, now = Date.now }: RoutesOf): Routes {
  const files = FILES.map(([path, name, type]): [string, Routes[string]] => {
    const file = readFileSync(join(PAGE, name));
    return [`GET ${path}`, () => ({ file, type })];
  });
  return {
    ...Object.fromEntries(files),
    'GET /about': () => ({ json: { service: contract.service.id, version: contract.version, bundles: Object.keys(contract.bundles ?? {}), houses } }),
    'POST /visits': async ({ body }) => {
      const [house, persona, secret] = texts(body, 'house', 'persona', 'secret');
      const member = await members.find(house!, persona!);
      if (member === null || !await proved(members, member, secret!, now())) throw new Refusal('denied', 'not_a_member', 'Join Potluck in your house first, then come back.');
      return { json: { token: store.visit(member), version: member.version }, status: 201 };
    },
    'POST /table': async ({ body }) => {
      const [token] = texts(body, 'token');
      if (store.visitor(token!) === null) throw new Refusal('unauthenticated', 'visit_ended', 'Come in again: this visit has ended.');
      return { json: await readTable(members, store, new Date(now()).toISOString().slice(0, 10)) };
    },
  };
}

/** Whether the secret is the one that stands in the member's pod, put there lately. */
async function proved(members: Members, member: Member, secret: string, now: number): Promise<boolean> {
  const { items: [found] } = await members.pod<PotluckCollections>(member).of('visit').query().catch(() => ({ items: [] }));
  const said = Buffer.from(found?.body.secret ?? '');
  const given = Buffer.from(secret);
  return secret.length >= 22 && said.length === given.length && timingSafeEqual(said, given) && Math.abs(now - (found?.body.createdAt ?? 0)) < VISIT_MS;
}

function texts(body: unknown, ...names: string[]): string[] {
  const given = (body ?? {}) as Record<string, unknown>;
  return names.map((name) => {
    const value = given[name];
    if (typeof value !== 'string' || value.length === 0 || value.length > 300) throw new Refusal('invalid', 'bad_input', `${name} is missing.`, { field: name });
    return value;
  });
}
