import type { WebDeps } from '../ports.ts';
import { ok, route, signedIn, type Route } from '../route.ts';
import { flag, list, named, shape, text } from '../shapes.ts';

/** People: who lives here, profiles, following. */
export function peopleRoutes({ people }: Pick<WebDeps, 'people'>): Route[] {
  const follows = { 200: shape({ follows: flag }) };
  return [
    signedIn({
      method: 'GET', path: '/people', summary: 'Everybody in the house', auth: 'session', limit: 'read',
      answers: { 200: shape({ people: list(named('Profile')) }) }, handler: ({ caller }) => ok({ people: people.list(caller) }),
    }),
    route({
      method: 'GET', path: '/people/{who}', summary: 'One person, by persona or handle', auth: 'any', limit: 'read',
      answers: { 200: named('Profile') }, problems: ['person_unknown'], handler: ({ caller, params }) => ok(people.profile(caller, params['who']!)),
    }),
    signedIn<{ name: string; bio?: string }>({
      method: 'PUT', path: '/people/profile', summary: 'Change your own name and bio', auth: 'session', limit: 'write',
      body: shape({ name: text(60, 1), 'bio?': text(500) }),
      answers: { 200: named('Profile') }, problems: ['bad_name'],
      handler: async ({ caller, body }) => ok(await people.setProfile(caller, body)),
    }),
    signedIn({
      method: 'PUT', path: '/people/{persona}/follow', summary: 'Follow somebody', auth: 'session', limit: 'write', answers: follows, problems: ['person_unknown'],
      handler: async ({ caller, params }) => ok(await people.follow(caller, params['persona']!)),
    }),
    signedIn({
      method: 'DELETE', path: '/people/{persona}/follow', summary: 'Stop following somebody', auth: 'session', limit: 'write', answers: follows, problems: ['person_unknown'],
      handler: async ({ caller, params }) => ok(await people.unfollow(caller, params['persona']!)),
    }),
  ];
}
