import type { InviteLine } from '../../../household/invite.ts';
import type { WebDeps } from '../ports.ts';
import { created, none, ok, route, signedIn, type Route } from '../route.ts';
import { list, named, shape, text, whole } from '../shapes.ts';
import { faceOf, houseCard } from './house.ts';

const FACES = 8;

/** Invites: make, list, look at, end. */
export function inviteRoutes(deps: Pick<WebDeps, 'household' | 'network'>): Route[] {
  const { household, network } = deps;
  const urlOf = (invite: string): string => `${network.urls[0] ?? ''}/join/${invite}`;
  const byOf = (persona: string): Record<string, string> => {
    const { handle, name } = household.personOf(persona) ?? { handle: '', name: '' };
    return { persona, handle, name };
  };
  const line = ({ invite, note, by, uses, left, expires }: InviteLine): Record<string, unknown> =>
    ({ invite, url: urlOf(invite), note: note || null, by: byOf(by), uses, left, expires });
  return [
    signedIn<{ uses?: number; hours?: number; note?: string }>({
      method: 'POST', path: '/house/invites', summary: 'Make an invite', auth: 'session', limit: 'write',
      body: shape({ 'uses?': whole(1, 300), 'hours?': whole(1, 720), 'note?': text(200) }), answers: { 201: named('NewInvite') }, problems: ['too_many_invites'],
      handler: ({ body, session }) => {
        const { invite, uses, left, expires } = household.invite(session.persona, body);
        return created({ invite, url: urlOf(invite), reach: network.reach, uses, left, expires });
      },
    }),
    signedIn({
      method: 'GET', path: '/house/invites', summary: "Your open invites; the steward's list has everybody's", auth: 'session', limit: 'read',
      answers: { 200: shape({ invites: list(named('Invite')) }) }, handler: ({ session }) => ok({ invites: household.invites(session).map(line) }),
    }),
    route({
      method: 'GET', path: '/house/invites/{invite}', summary: 'Look at an invite without using it', auth: 'any', limit: 'prepare',
      answers: { 200: named('InvitePreview') }, problems: ['invite_unknown', 'invite_ended', 'slow_down'],
      handler: ({ params, from, headers }) => {
        const { by, note, ...rest } = household.previewInvite(params['invite']!, from);
        const faces = household.people().slice(-FACES).map((person) => faceOf(person.persona));
        return ok({ ...rest, note: note || null, by: by && { name: by.name, face: faceOf(by.persona) }, house: houseCard(deps, headers.host), faces });
      },
    }),
    signedIn({
      method: 'DELETE', path: '/house/invites/{invite}', summary: 'End an invite', auth: 'session', limit: 'write',
      answers: { 204: null }, problems: ['invite_unknown'],
      handler: ({ params, session }) => { household.endInvite(session, params['invite']!); return none(); },
    }),
  ];
}
