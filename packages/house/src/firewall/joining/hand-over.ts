import { closeLane, Refusal, statementHash, toBase64Url, type LaneClose, type Signed, type Suite } from '@commonhold/core';
import { keepCloses } from '../../store/pod/closes.ts';
import type { Pen } from '../../store/pod/draft.ts';
import { keepStatements } from '../../store/pod/extend.ts';
import { signHeads } from '../../store/pod/sign-heads.ts';
import type { PersonaState } from '../../store/pod/types.ts';
import { settleLanes } from '../../store/receive/receive.ts';
import type { Feed } from '../feed.ts';
import type { Pseudonyms } from '../pseudonyms.ts';
import { checkMayWrite } from '../standing.ts';
import { stillLeaving } from './join.ts';
import type { Namespace, Namespaces } from './namespace.ts';
import type { Departures } from './ports.ts';
import { pseudonymRecovery, sayAsPseudonym, type Saying } from './recovery.ts';

/** What another house has prepared for a pseudonym: its id, the device that will sign there, and the recovery key that it will keep. Base64url. */
export interface HandOver { house: string; podDevice: string; recoveryKey: string }

interface Deps {
  namespaces: Namespaces; departures: Pick<Departures, 'has'>; pseudonyms: Pick<Pseudonyms, 'saltOf'>; pen: Pen; house: string;
  feed: Pick<Feed, 'publish'>; seedOf(keySalt: Uint8Array): Uint8Array;
}

/**
 * Hands a pseudonym over to another house, at its person's wish: its key log says that it lives there, and nothing is written for it here any
 * more. What it keeps leaves with an export. Refuses `service_unknown`, `joined_as_self`, `still_leaving`, `bad_place`, and what a pod that is not written here refuses.
 */
export const makeHandOver = ({ namespaces, departures, pseudonyms, pen, house, feed, seedOf }: Deps) => async (owner: string, persona: string, service: string, to: HandOver): Promise<Namespace> => {
  const check = (): Namespace => {
    const found = namespaces.of(owner, persona, service);
    if (found.terms.as !== 'pseudonym') throw new Refusal('conflict', 'joined_as_self', 'You joined this service as yourself. It goes where you go.');
    if (departures.has(owner, service)) throw stillLeaving();
    checkMayWrite(found.home.state, house);
    return found;
  };
  if (to.house === house) throw badPlace('house');
  await check().home.pod.write(() => {
    const { home: { pod, state } } = check(), seed = seedOf(pseudonyms.saltOf(persona)!);
    // What was written a moment ago is signed while that still counts.
    signHeads(pod, pen);
    const before = [...state.lanes], said = sayAsPseudonym(pen.suite, state.keyLog, seed, sayingsOf(state, to));
    if (!said) throw badPlace('podDevice');
    keepStatements(pod, state, pen, said);
    keepCloses(pod, state, pen, closesOf(pen.suite, { persona, lanes: before, said, seed: pseudonymRecovery(pen.suite, seed) }));
    settleLanes(pod, state, pen);
  });
  feed.publish([{ persona, service, collection: '', key: '', pos: 0, op: 'remove', audience: 'only-me', at: '', author: null, body: null }]);
  return namespaces.of(owner, persona, service);
};

const badPlace = (field: string): Refusal => new Refusal('invalid', 'bad_place', 'This is no place in another house. Make a new note there.', { field });

/** All devices but the new house's go, those whose keys nobody kept, too; the recovery key last, since it signs the rest. */
const sayingsOf = ({ keyLog }: PersonaState, { house, podDevice, recoveryKey }: HandOver): Saying[] => [
  { type: 'add-device', device: podDevice, capabilities: ['write'] },
  ...[...keyLog.devices].filter(([, { revokedAt }]) => revokedAt === undefined).map(([device]): Saying => ({ type: 'revoke-device', device })),
  { type: 'set-home', house }, { type: 'rotate-recovery', recoveryKey },
];

interface Closing { persona: string; lanes: PersonaState['lanes']; said: readonly Signed[]; seed: Uint8Array }

/** How far each lane counts whose device goes: as far as it got here. */
function closesOf(suite: Suite, { persona, lanes, said, seed }: Closing): Signed<LaneClose>[] {
  const by = toBase64Url(suite.publicKey(seed));
  return lanes.flatMap(({ device, lane, seq, chain }) => said.filter(({ statement }) => statement.type === 'revoke-device' && statement.device === device)
    .map(({ statement }) => closeLane(suite, { persona, device, lane: toBase64Url(lane), seq, chain: toBase64Url(chain), by, keyLogHead: statementHash(suite, statement) }, seed)));
}
