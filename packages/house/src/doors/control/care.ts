import { join } from 'node:path';
import { Refusal } from '@commonhold/core';
import type { ReportLine as HouseReport } from '../../household/care/reports.ts';
import type { Household } from '../../household/household.ts';
import type { HousePerson } from '../../household/ports.ts';
import type { CareWish, ControlPort, ReportLine } from './port.ts';

const DAY = 86_400_000;
const WEEK = 7;
const FORTNIGHT = 14;

/** What it needs of an open house; `departed`: where those who left have their folders. */
export interface CareControlDeps { household: Pick<Household, 'byHandle' | 'personOf' | 'care'>; departed: string; now: () => number }

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

/** What stewards do, for whoever sits at the machine: in the same words, and told to whom it concerns as from the house. */
export function makeCareControl({ household, departed, now }: CareControlDeps): Pick<ControlPort, 'care' | 'reports'> {
  const { care } = household;
  const person = (typed: string): HousePerson => {
    const found = household.byHandle(typed.replace(/^@/, ''));
    if (!found) throw new Refusal('not_found', 'person_unknown', `Nobody called "${typed}" lives in this house.`);
    return found;
  };
  const acts: { readonly [D in CareWish['do']]: (wish: CareWish & { do: D }) => string } = {
    hide: ({ post, off, words }) => {
      const [handle, key] = placeOf(post);
      const { persona } = person(handle);
      if (off) care.hidden.show(null, persona, key);
      else care.hidden.hide(null, persona, key, words);
      return off ? 'Shown again.' : 'Hidden in this house. Its author and the stewards still see it; its author is told.';
    },
    suspend: ({ who, off, days = WEEK, words }) => {
      const { persona, name } = person(who);
      if (off) { if (!care.standings.of(persona)?.leaving) care.standings.lift(null, persona); return `${name} can write again.`; }
      const until = now() + days * DAY;
      care.standings.suspend(null, persona, until, words);
      return `${name} is suspended until ${dateOf(until)} UTC: reads, and publishes nothing.`;
    },
    expel: ({ who, off, days = FORTNIGHT, words }) => {
      const { persona, name } = person(who);
      if (off) { if (care.standings.of(persona)?.leaving) care.standings.lift(null, persona); return `${name} stays.`; }
      const { until } = care.standings.expel(null, persona, days, words);
      return `${name} leaves on ${dateOf(until)} UTC, and can take everything along until then. After that the seat is free, and the pod lies in ${departed}, to be handed over.`;
    },
    role: ({ who, role }) => {
      const { persona, name } = person(who);
      care.setRole(null, persona, role);
      return `${name} is a ${role} now.`;
    },
    answer: ({ report, act, words }) => {
      care.reports.answer(null, report, { act, ...(words !== undefined && { words }) });
      return 'Answered. Everybody who reported it hears of it.';
    },
  };
  return {
    care: async (wish) => ({ said: (acts[wish.do] as (of: CareWish) => string)(wish) }),
    reports: async (state) => care.reports.list(null, state).map((report) => lineOf(household, report)),
  };
}

interface Carried { post?: { body: { text: string } }; profile?: { bio?: string }; service?: { title: string; purpose: string } }

function lineOf(household: CareControlDeps['household'], { id, statement: { about, reporter, reason, words, content }, at, answer }: HouseReport): ReportLine {
  const handleOf = (persona: string): string => `@${household.personOf(persona)?.handle ?? 'somebody who left'}`;
  const { post, profile, service } = content as Carried;
  const what = 'service' in about ? `the service ${service!.title}` : [handleOf(about.persona), about.key].filter((part) => part !== undefined).join('/');
  const said = post?.body.text ?? profile?.bio ?? service?.purpose ?? '';
  return { report: id, about: what, reporter: handleOf(reporter), reason, words: words ?? null, said, at, answer: answer?.act ?? null };
}

/** `handle/key`, `@handle/key` or an address that ends so. Refuses `bad_post`. */
function placeOf(post: string): [string, string] {
  const [, handle, key] = /@?([a-z0-9][a-z0-9_.-]{0,29})\/([A-Za-z0-9_-]{22})\/?$/.exec(post) ?? [];
  if (handle === undefined || key === undefined) throw new Refusal('invalid', 'bad_post', 'Name a post by its address, or as handle/key.');
  return [handle, key];
}

/** Where those who left have their folders, in a data folder. */
export const departedIn = (data: string): string => join(data, 'departed');
