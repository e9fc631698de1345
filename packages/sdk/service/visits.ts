import { timingSafeEqual } from 'node:crypto';
import { Refusal, toBase64Url } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import type { Routes } from './host.ts';
import type { Member, Members } from './members.ts';

/**
 * How people prove to a service that a pod is theirs: they put a secret into it, in a collection `visit` of kind `single` that the contract lets the
 * service alone read, and tell it to the service, which reads it there. Nothing else is needed, and it stands in their log.
 */
export interface Visits {
  /** Lets in whoever proves it; answers the member and a token for what follows. Refusal `not_a_member`. */
  begin(house: string, persona: string, secret: string): Promise<{ token: string; member: Member }>;
  /** Whose visit it is. Refusal `visit_ended`. */
  of(token: string): Member;
  /** Ends the visits of somebody. */
  end(of: Pick<Member, 'house' | 'persona'>): void;
}

interface Visit { secret: string; createdAt: number }

const FRESH_MS = 10 * 60_000;
const LASTS_MS = 24 * 60 * 60_000;
const MOST = 10_000;
const LEAST_SECRET = 22;

/** Visits are kept in memory: after a restart people come in again, which their page does by itself. */
export function makeVisits(members: Members, now: () => number = Date.now): Visits {
  const open = new Map<string, { member: Member; ends: number }>();
  return {
    begin: async (house, persona, secret) => {
      const member = await members.find(house, persona);
      if (member === null || !await proved(members, member, secret, now())) throw new Refusal('denied', 'not_a_member', 'Join this service in your house first, then come back.');
      if (open.size >= MOST) open.delete(open.keys().next().value ?? '');
      const token = toBase64Url(nobleSuite.random(32));
      open.set(token, { member, ends: now() + LASTS_MS });
      return { token, member };
    },
    of: (token) => {
      const found = open.get(token);
      if (!found || found.ends <= now()) throw new Refusal('unauthenticated', 'visit_ended', 'Come in again: this visit has ended.');
      return found.member;
    },
    end: ({ house, persona }) => { for (const [token, { member }] of open) if (member.house === house && member.persona === persona) open.delete(token); },
  };
}

async function proved(members: Members, member: Member, secret: string, now: number): Promise<boolean> {
  const { items: [found] } = await members.pod<{ visit: Visit }>(member).of('visit').query().catch(() => ({ items: [] }));
  const said = Buffer.from(found?.body.secret ?? '');
  const given = Buffer.from(secret);
  return secret.length >= LEAST_SECRET && said.length === given.length && timingSafeEqual(said, given) && Math.abs(now - (found?.body.createdAt ?? 0)) < FRESH_MS;
}

/** The route by which the page of `kit.js` comes in, `POST /visits`. `came`: what else is to be done and said when somebody did. */
export function visitRoutes(visits: Visits, came: (member: Member) => object | Promise<object>): Routes {
  return {
    'POST /visits': async ({ body }) => {
      const [house, persona, secret] = textsOf(body, 'house', 'persona', 'secret');
      const { token, member } = await visits.begin(house!, persona!, secret!);
      return { json: { token, version: member.version, ...await came(member) }, status: 201 };
    },
  };
}

/** Texts of a body by name, each of 1 to 300 characters. Refusal `bad_input`. */
export function textsOf(body: unknown, ...names: string[]): string[] {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  return names.map((name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (typeof value !== 'string' || value.length === 0 || value.length > 300) throw new Refusal('invalid', 'bad_input', `${name} is missing.`, { field: name });
    return value;
  });
}
