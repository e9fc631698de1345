import { Refusal } from '@commonhold/core';
import type { HousePerson } from '../../../household/ports.ts';
import type { WebDeps } from '../ports.ts';
import { none, ok, signedIn, type Route } from '../route.ts';
import { named, shape } from '../shapes.ts';

/** What is about the person who is logged in. */
export function meRoutes({ household, people, microblog, gate, postLimit, guest }: Pick<WebDeps, 'household' | 'people' | 'microblog' | 'gate' | 'postLimit' | 'guest'>): Route[] {
  const myself = (persona: string): HousePerson => {
    const person = household.personOf(persona);
    if (!person) throw new Refusal('unauthenticated', 'session_unknown', 'You do not live here any more.');
    return person;
  };
  const standingOf = (persona: string): { leaving?: number; suspended?: number } => {
    const standing = household.care.standings.of(persona);
    return standing === null ? {} : { [standing.leaving ? 'leaving' : 'suspended']: standing.until };
  };
  return [
    signedIn({
      method: 'GET', path: '/me', summary: 'Who is logged in', auth: 'session', limit: 'read', app: true, answers: { 200: named('Me') },
      handler: ({ caller, session }) => {
        const { persona, handle, role } = myself(session.persona);
        // A script that was not made for people knows its person by the handle.
        const { app } = session;
        const { name, bio } = app && !(app.services?.includes('people') ?? true) ? { name: handle, bio: null } : people.profile(caller, persona);
        return ok({ persona, handle, name, bio, role, ...household.keys.words(persona), postLimit: postLimit(), ...standingOf(persona), ...(!app && microblog.choices(caller).counts && { counts: true }), ...(role === 'steward' && { reports: household.care.reports.count(persona) }), ...(app && { token: app }), ...(persona === guest?.persona && { guest: true }) });
      },
    }),
    signedIn({
      method: 'GET', path: '/me/devices', summary: 'Your keys and your sessions', auth: 'session', limit: 'read', answers: { 200: named('Devices') },
      handler: ({ caller, session }) => {
        const { persona } = myself(session.persona);
        const devices = gate.devices(caller, persona).map(({ label, ...one }) => ({ ...one, label: label ?? null, kind: one.thisHouse ? 'house' : 'device' }));
        const sessions = household.sessions(persona).map(({ label, ...line }) => ({ ...line, label: label || null, current: line.id === session.id }));
        return ok({ devices, sessions });
      },
    }),
    signedIn<{ written: true }>({
      method: 'PUT', path: '/me/words', summary: 'Your recovery words are written down', auth: 'session', limit: 'write',
      body: shape({ written: { const: true } }), answers: { 204: null },
      handler: ({ session }) => { household.keys.wroteWords(session.persona); return none(); },
    }),
  ];
}
