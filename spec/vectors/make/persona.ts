import {
  inception, personaIdOf, signStatement, statementHash, type Inception, type LaterStatement, type Signed, type Statement,
} from '../../../packages/core/index.ts';
import { key, seed, short, suite } from './tools.ts';

/** A signed inception of the persona `name`: seeds "<name> recovery" and "<name> laptop". */
export function begin(name: string): Signed<Inception> {
  const first = inception({ recoveryKey: key(`${name} recovery`), deviceKey: key(`${name} laptop`), nonce: short(`${name} nonce`) });
  return signStatement(suite, first, [seed(`${name} recovery`), seed(`${name} laptop`)]);
}

/** The persona id of `begin(name)`. */
export const idOf = (name: string): string => personaIdOf(suite, begin(name).statement);

type Own<S> = S extends LaterStatement ? Omit<S, 'v' | 'persona' | 'height' | 'prev' | 'by'> : never;

/** The log with one more statement, signed by the seed of this name. */
export function grow(log: readonly Signed[], by: string, own: Own<LaterStatement>, changed: object = {}): Signed[] {
  const persona = personaIdOf(suite, log[0]!.statement as Inception);
  const prev = statementHash(suite, log.at(-1)!.statement);
  const statement = { v: 1, persona, height: log.length, prev, by: key(by), ...own, ...changed } as Statement;
  return [...log, signStatement(suite, statement, [seed(by)])];
}

/** Persona id of the house of the examples, and of the one that is moved to. */
export const HOUSE = idOf('house');
/** Where the mover goes. */
export const OTHER_HOUSE = idOf('other house');

/** Ada's first three statements: the log that joining a house takes. */
export const ada = (): Signed[] => grow(
  grow([begin('ada')], 'ada laptop', { type: 'add-device', device: key('ada pod'), capabilities: ['write'], label: 'Choir house' }),
  'ada laptop', { type: 'set-home', house: HOUSE });

const phone = { type: 'add-device', device: key('ada phone'), capabilities: ['e2ee', 'manage', 'write'], label: 'Téléphone 📱' } as const;
const newPod = { type: 'add-device', device: key('ada new pod'), capabilities: ['write'] } as const;

/** Ada with a phone, the laptop revoked by it, and a new recovery key: every kind of key but retirement. */
export function adaLater(): Signed[] {
  let log = grow(ada(), 'ada recovery', { ...phone, capabilities: [...phone.capabilities] });
  log = grow(log, 'ada phone', { type: 'revoke-device', device: key('ada laptop') });
  return grow(log, 'ada recovery', { type: 'rotate-recovery', recoveryKey: key('ada recovery 2') });
}

/** Ada after moving house: the old house's pod device is revoked by set-home itself. */
export function adaMoved(): Signed[] {
  const log = grow(adaLater(), 'ada phone', { ...newPod, capabilities: [...newPod.capabilities] });
  return grow(log, 'ada recovery 2', { type: 'set-home', house: OTHER_HOUSE });
}

/** Ada moved by her phone: a move that may be reverted. */
export const adaMovedByPhone = (): Signed[] =>
  grow(grow(adaLater(), 'ada phone', { ...newPod, capabilities: [...newPod.capabilities] }), 'ada phone', { type: 'set-home', house: OTHER_HOUSE });

function adaBack(): Signed[] {
  let log = grow(ada(), 'ada recovery', { ...phone, capabilities: [...phone.capabilities] });
  log = grow(log, 'ada laptop', { type: 'add-device', device: key('ada spare pod'), capabilities: ['write'] });
  log = grow(log, 'ada laptop', { type: 'revoke-device', device: key('ada spare pod') });
  log = grow(log, 'ada laptop', { ...newPod, capabilities: [...newPod.capabilities] });
  log = grow(log, 'ada laptop', { type: 'set-home', house: OTHER_HOUSE });
  return grow(log, 'ada phone', { type: 'revert-home' });
}

/** The good key logs. */
export const goodLogs = (): { name: string; log: Signed[] }[] => [
  { name: 'an inception alone', log: [begin('ada')] },
  { name: 'joining a house: inception, the pod device, set-home', log: ada() },
  { name: 'a device added by recovery, another revoked, recovery rotated', log: adaLater() },
  { name: 'moving house revokes the old pod device and keeps the new one', log: adaMoved() },
  { name: 'set-home again to the same house: the pod device that was there before falls', log: grow(ada(), 'ada laptop', { type: 'set-home', house: HOUSE }) },
  { name: 'a move by a device, reverted by recovery: the old pod device is back, the new one falls', log: grow(adaMovedByPhone(), 'ada recovery 2', { type: 'revert-home' }) },
  { name: 'a revert leaves a person’s own devices alone, and a pod device that was revoked before', log: adaBack() },
  { name: 'a device may revoke itself', log: grow(ada(), 'ada laptop', { type: 'revoke-device', device: key('ada laptop') }) },
  { name: 'labels as long and as short as may be', log: ['😀'.repeat(64), 'a'].reduce((log, label, i) => grow(log, 'ada laptop', { type: 'add-device', device: key(`ada labelled ${i}`), capabilities: ['e2ee'], label }), ada()) },
  { name: 'retired by the new recovery key', log: grow(adaLater(), 'ada recovery 2', { type: 'retire' }) },
];
