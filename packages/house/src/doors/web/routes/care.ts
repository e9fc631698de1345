import { Refusal, REPORT_REASONS, type ReportAbout } from '@commonhold/core';
import type { ReportInput } from '../../../household/care/ports.ts';
import type { Answer as ReportAnswer, ReportLine } from '../../../household/care/reports.ts';
import type { Role } from '../../../household/ports.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, ok, signedIn, type Route } from '../route.ts';
import { flag, list, named, oneOf, shape, text, time, whole } from '../shapes.ts';
import { makeNamer } from './house-page.ts';

type Deps = Pick<WebDeps, 'household' | 'clock' | 'network'>;

const WEEK = 7 * 86_400_000;
/** A year and a day: longer ones are for good, and then somebody leaves. */
const LONGEST_DAYS = 366;
const words = { 'words?': text(1000) };
const PERSON = '/house/people/{persona}';
const steward = { auth: 'steward', limit: 'write' } as const;
const until = { 200: shape({ until: time }) };

interface AskedAbout { persona?: string; key?: string; service?: string }

function aboutOf({ persona, key, service }: AskedAbout): ReportAbout {
  if (persona !== undefined && service === undefined) return { persona, ...(key !== undefined && { key }) };
  if (persona === undefined && key === undefined && service !== undefined) return { service };
  throw new Refusal('invalid', 'bad_about', 'Say what it is about: a person, a post of theirs, or a service.', { field: 'about', expected: 'persona, persona and key, or service' });
}

/** Anybody's word to the stewards, and what they do about it. */
function reportRoutes({ household }: Pick<Deps, 'household'>): Route[] {
  const { care } = household;
  const personOf = makeNamer(household);
  const line = ({ statement: { about, reason, words: said, content, reporter }, answer, ...rest }: ReportLine) => ({
    ...rest, about, person: 'persona' in about ? personOf(about.persona) : null, reporter: personOf(reporter), reason, words: said ?? null, content,
    answer: answer && { ...answer, by: answer.by === null ? null : personOf(answer.by) },
  });
  return [
    signedIn<Omit<ReportInput, 'about'> & { about: AskedAbout }>({
      method: 'POST', path: '/house/reports', summary: 'Report a post, a person or a service to the stewards, with what you can read of it; signed by your device. `withLog`: what the service did with your data in seven days goes along', auth: 'session', limit: 'write',
      body: shape({ about: shape({ 'persona?': text(53, 53), 'key?': text(80, 1), 'service?': text(43, 43) }), reason: oneOf(...REPORT_REASONS), ...words, 'alsoHide?': flag, 'withLog?': flag }),
      answers: { 201: shape({ report: text(22) }) }, problems: ['bad_about', 'post_unknown', 'person_unknown', 'service_unknown', 'report_self', 'only_steward', 'too_many_reports', 'report_too_big'],
      handler: async ({ caller, body: { about, ...rest } }) => created(await care.report(caller, { about: aboutOf(about), ...rest })),
    }),
    signedIn<unknown, { state?: 'open' | 'done' }>({
      method: 'GET', path: '/house/reports', summary: 'Reports that wait, the oldest first, or that were answered; without those about you', auth: 'steward', limit: 'read',
      query: shape({ 'state?': oneOf('open', 'done') }), answers: { 200: shape({ reports: list(named('Report')) }) },
      handler: ({ session, query }) => ok({ reports: care.reports.list(session.persona, query.state ?? 'open').map(line) }),
    }),
    signedIn<{ act: ReportAnswer; words?: string; days?: number }>({
      ...steward, method: 'POST', path: '/house/reports/{id}/answer', summary: 'Answer a report, and every other that waits about the same; the days are those of a suspension',
      body: shape({ act: oneOf('none', 'hide', 'warn', 'suspend', 'unshelve'), ...words, 'days?': whole(1, LONGEST_DAYS) }), answers: { 204: null },
      problems: ['report_unknown', 'report_answered', 'not_a_post', 'not_a_person', 'not_a_service', 'person_unknown', 'is_steward', 'is_leaving'],
      handler: ({ session, params, body }) => { care.reports.answer(session.persona, params['id']!, body); return none(); },
    }),
  ];
}

/** What the house does not show. */
function hiddenRoutes({ household }: Pick<Deps, 'household'>): Route[] {
  const { hidden } = household.care;
  const personOf = makeNamer(household);
  const path = '/house/hidden/{persona}/{key}';
  return [
    signedIn({
      method: 'GET', path: '/house/hidden', summary: 'Posts that the house does not show, the newest first', auth: 'steward', limit: 'read',
      answers: { 200: shape({ hidden: list(named('HiddenPost')) }) },
      handler: () => ok({ hidden: hidden.list().map(({ persona, by, ...rest }) => ({ ...rest, persona, person: personOf(persona), by: by === null ? null : personOf(by) })) }),
    }),
    signedIn<{ words?: string }>({
      ...steward, method: 'PUT', path, summary: 'Hide a post in this house: from all but its author and the stewards; the pod keeps it as it is', body: shape(words), answers: { 204: null },
      handler: ({ session, params, body }) => { hidden.hide(session.persona, params['persona']!, params['key']!, body.words?.trim() || undefined); return none(); },
    }),
    signedIn({
      ...steward, method: 'DELETE', path, summary: 'Show a hidden post again', answers: { 204: null },
      handler: ({ session, params }) => { hidden.show(session.persona, params['persona']!, params['key']!); return none(); },
    }),
  ];
}

/** Roles, suspensions, farewells, ways in. */
function standingRoutes({ household: { care, access }, clock, network }: Deps): Route[] {
  const { standings } = care;
  return [
    signedIn<{ role: Role }>({
      ...steward, method: 'PUT', path: `${PERSON}/role`, summary: 'Make somebody a steward, or a member again', body: shape({ role: oneOf('steward', 'member') }), answers: { 204: null },
      problems: ['person_unknown', 'last_steward', 'not_now'],
      handler: ({ session, params, body }) => { care.setRole(session.persona, params['persona']!, body.role); return none(); },
    }),
    signedIn<{ until?: number; words?: string }>({
      ...steward, method: 'PUT', path: `${PERSON}/suspended`, summary: 'Suspend somebody, for a week unless told otherwise: they read, publish nothing, and are out of the timelines meanwhile',
      body: shape({ 'until?': time, ...words }), answers: until, problems: ['person_unknown', 'is_steward', 'is_leaving', 'bad_until'],
      handler: ({ session, params, body }) => {
        const end = Math.min(body.until ?? clock() + WEEK, clock() + LONGEST_DAYS * 86_400_000);
        standings.suspend(session.persona, params['persona']!, end, body.words?.trim() || undefined);
        return ok({ until: end });
      },
    }),
    signedIn({
      ...steward, method: 'DELETE', path: `${PERSON}/suspended`, summary: 'End a suspension', answers: { 204: null },
      handler: ({ session, params }) => { if (!standings.of(params['persona']!)?.leaving) standings.lift(session.persona, params['persona']!); return none(); },
    }),
    signedIn({
      ...steward, method: 'POST', path: `${PERSON}/access`, summary: 'Make a way in for somebody who lost their passphrase: good once, for a day; it stands in their log, and they are told', body: shape({}),
      answers: { 201: shape({ url: text(400), reach: oneOf('this-machine', 'network', 'internet'), expires: time }) }, problems: ['person_unknown', 'is_steward'],
      handler: ({ session, params }) => {
        const { way, expires } = access.make(session.persona, params['persona']!);
        return created({ url: `${network.urls[0] ?? ''}/login/way#${way}`, reach: network.reach, expires });
      },
    }),
    signedIn<{ days: number; words?: string }>({
      ...steward, method: 'POST', path: `${PERSON}/expel`, summary: 'Let somebody go with their pod: read-only for so many days, then the seat is free and the pod lies in a folder to be handed over',
      body: shape({ days: whole(1, 90), ...words }), answers: until, problems: ['person_unknown', 'is_steward'],
      handler: ({ session, params, body }) => ok({ until: standings.expel(session.persona, params['persona']!, body.days, body.words?.trim() || undefined).until }),
    }),
    signedIn({
      ...steward, method: 'DELETE', path: `${PERSON}/expel`, summary: 'Take an expulsion back while there is time', answers: { 204: null },
      handler: ({ session, params }) => { if (standings.of(params['persona']!)?.leaving) standings.lift(session.persona, params['persona']!); return none(); },
    }),
  ];
}

/** The care of a house. */
export const careRoutes = (deps: Deps): Route[] => [...reportRoutes(deps), ...hiddenRoutes(deps), ...standingRoutes(deps)];
