import { Refusal } from '@commonhold/core';
import type { KeyLogAddition } from '../../../firewall/identity.ts';
import type { WebDeps } from '../ports.ts';
import { ok, route, signedIn, type Route } from '../route.ts';
import { closeShape, list, named, shape, signedShape, text } from '../shapes.ts';

/** Codes with which a key log refuses what is added to it; see spec/identity.md and spec/record.md. */
export const KEY_LOG_PROBLEMS = [
  'bad_field', 'missing_field', 'unknown_field', 'inception_twice', 'wrong_persona', 'wrong_height', 'wrong_prev', 'signer_unknown', 'signer_rotated', 'signer_revoked',
  'signer_not_manage', 'signer_not_recovery', 'signature_count', 'bad_signature', 'key_reused', 'device_exists', 'device_unknown', 'device_revoked', 'revert_nothing',
  'revert_final', 'revert_own', 'revert_late', 'retired', 'move_pending', 'too_many_statements', 'device_not_revoked', 'head_not_revocation', 'not_the_revoker', 'too_many_closes',
] as const;

/** Where a body of so many statements and lane-closes still fits. */
export const KEY_LOG_MOST = 512 * 1024;

/** Key logs: one's own, and those of others as far as their profiles may be seen. */
export function identityRoutes({ gate, people, identity, household }: Pick<WebDeps, 'gate' | 'people' | 'identity' | 'household'>): Route[] {
  const answers = { 200: named('KeyLog') };
  return [
    signedIn({
      method: 'GET', path: '/me/keylog', summary: 'Your key log: the chain that counts, and what is the matter with it', auth: 'session', limit: 'read', answers,
      handler: ({ caller, session }) => ok(gate.keyLog(caller, session.persona) ?? nothing()),
    }),
    signedIn<KeyLogAddition>({
      method: 'POST', path: '/me/keylog', summary: 'Add statements to your key log, with closes of the lanes of devices that they revoke; all or none', auth: 'session', limit: 'enter',
      body: shape({ statements: list(signedShape, 16), 'closes?': list(closeShape, 500) }), most: KEY_LOG_MOST, answers, problems: KEY_LOG_PROBLEMS,
      handler: async ({ caller, session, body }) => ok(await gate.extendKeyLog(caller, session.persona, body)),
    }),
    signedIn<unknown, { device: string }>({
      method: 'GET', path: '/me/lanes', summary: 'How far a device of yours has written its lanes: what whoever revokes it vouches for', auth: 'session', limit: 'read',
      query: shape({ device: text(43, 43) }), answers: { 200: shape({ lanes: list(named('LaneHead')) }) },
      handler: ({ caller, session, query }) => ok({ lanes: gate.lanesOf(caller, session.persona, query.device) }),
    }),
    route({
      method: 'GET', path: '/people/{who}/keylog', summary: "Every statement of somebody's key log that the house holds, those that lost too", auth: 'any', limit: 'read',
      answers: { 200: shape({ persona: text(53), statements: list(named('Signed')) }) }, problems: ['person_unknown'],
      handler: ({ caller, params }) => {
        const { persona } = people.profile(caller, params['who']!);
        return ok({ persona, statements: identity.known(persona) });
      },
    }),
    route({
      method: 'GET', path: '/house/keylog', summary: "The house's own key log", auth: 'any', limit: 'read',
      answers: { 200: shape({ house: text(53), statements: list(named('Signed')) }) },
      handler: () => ok({ house: household.persona, statements: identity.house }),
    }),
  ];
}

const nothing = (): never => { throw new Refusal('not_found', 'not_found', 'There is nothing here, or not for you.'); };
