import { inception, signStatement, toBase64Url, utf8, type Signed, type Statement } from '../../../packages/core/index.ts';
import { signUnder } from '../../../packages/core/identity/sign.ts';
import { ada, adaLater, adaMoved, adaMovedByPhone, begin, grow, idOf, OTHER_HOUSE } from './persona.ts';
import { copy, key, long, seed, short, suite, withField, without } from './tools.ts';

interface Bad { name: string; log: unknown }

const sign = (statement: object, ...seeds: string[]): Signed => signStatement(suite, statement as Statement, seeds.map(seed));
const first = (changed: object): Signed[] => [sign({ ...begin('ada').statement, ...changed }, 'ada recovery', 'ada laptop')];
const add = { type: 'add-device', device: key('ada phone'), capabilities: ['write'] } as const;
const adding = (changed: object, by = 'ada laptop'): Signed[] => grow(ada(), by, { ...add, capabilities: ['write'] }, changed);
const retired = (): Signed[] => grow(ada(), 'ada recovery', { type: 'retire' });
const resigned = (log: Signed[], change: (last: Signed) => unknown): unknown[] => [...log.slice(0, -1), change(copy(log.at(-1)!))];
const raw = (bytes: number[]): string => toBase64Url(Uint8Array.from(bytes));

const NEUTRAL = raw([1, ...Array<number>(31).fill(0)]);

const shapes = (): Bad[] => [
  { name: 'not a list', log: {} },
  { name: 'an object with a key log in it', log: { log: [begin('ada')] } },
  { name: 'an empty list', log: [] },
  { name: 'an entry that is not an object', log: [7] },
  { name: 'an entry that is a list', log: [[]] },
  { name: 'a statement that is null', log: [{ statement: null, signatures: [] }] },
  { name: 'an entry with one more field', log: [{ ...begin('ada'), note: 'hello' }] },
  { name: 'an entry without signatures', log: [without(begin('ada'), 'signatures')] },
  { name: 'signatures that are numbers', log: [{ ...begin('ada'), signatures: [1, 2] }] },
  { name: 'signatures that are one text', log: [{ ...begin('ada'), signatures: begin('ada').signatures[0] }] },
  { name: 'version 2', log: first({ v: 2 }) },
  { name: 'version as text', log: first({ v: '1' }) },
  { name: 'an unknown type', log: adding({ type: 'rename' }) },
  { name: 'a type that objects inherit', log: adding({ type: 'constructor' }) },
  { name: 'a type that is a list', log: adding({ type: ['add-device'] }) },
  { name: 'an inception with a date', log: first({ date: '2026-01-01' }) },
  { name: 'a field named __proto__', log: [sign(withField(begin('ada').statement, '__proto__', { v: 1 }), 'ada recovery', 'ada laptop')] },
  { name: 'fields only inside __proto__', log: [{ statement: withField({ v: 1, type: 'inception' }, '__proto__', begin('ada').statement), signatures: begin('ada').signatures }] },
  { name: 'no nonce', log: [sign(without(begin('ada').statement, 'nonce'), 'ada recovery', 'ada laptop')] },
  { name: 'add-device without capabilities', log: resigned(adding({}), ({ statement }) => sign(without(statement, 'capabilities'), 'ada laptop')) },
  { name: 'retire with a reason', log: grow(ada(), 'ada laptop', { type: 'retire' }, { reason: 'tired' }) },
];

const fields = (): Bad[] => [
  { name: 'a nonce of 15 bytes', log: first({ nonce: short('x').slice(0, 20) }) },
  { name: 'a nonce whose unused bits are set', log: first({ nonce: 'AAAAAAAAAAAAAAAAAAAAAB' }) },
  { name: 'a first recovery key of small order', log: first({ recoveryKey: NEUTRAL }) },
  { name: 'a first device key of small order', log: first({ deviceKey: NEUTRAL }) },
  { name: 'a new recovery key of small order', log: grow(ada(), 'ada recovery', { type: 'rotate-recovery', recoveryKey: NEUTRAL }) },
  { name: 'a device key of small order, revoked', log: grow(ada(), 'ada laptop', { type: 'revoke-device', device: NEUTRAL }) },
  { name: 'a signer of small order', log: adding({ by: NEUTRAL }) },
  { name: 'a persona that is none', log: adding({ persona: 'ada' }) },
  { name: 'a prev of 16 bytes', log: adding({ prev: short('elsewhere') }) },
  { name: 'height 0', log: adding({ height: 0 }) },
  { name: 'a key of 31 bytes', log: adding({ device: toBase64Url(seed('x').subarray(0, 31)) }) },
  { name: 'a key with padding', log: adding({ device: key('ada phone') + '=' }) },
  { name: 'a key with a line break', log: adding({ device: key('ada phone') + '\n' }) },
  { name: 'a key of small order: the neutral point', log: adding({ device: NEUTRAL }) },
  { name: 'a key of small order, the other sign', log: adding({ device: raw([...Array<number>(31).fill(0), 128]) }) },
  { name: 'a key whose y is not below the field prime', log: adding({ device: raw([0xf0, ...Array<number>(30).fill(255), 0x7f]) }) },
  { name: 'height as text', log: adding({ height: '3' }) },
  { name: 'height with a fraction', log: adding({ height: 3.5 }) },
  { name: 'height beyond 2^53 - 1', log: adding({ height: 2 ** 53 }) },
  { name: 'capabilities out of order', log: adding({ capabilities: ['write', 'e2ee'] }) },
  { name: 'a capability twice', log: adding({ capabilities: ['write', 'write'] }) },
  { name: 'no capability', log: adding({ capabilities: [] }) },
  { name: 'an unknown capability', log: adding({ capabilities: ['read'] }) },
  { name: 'capabilities as a text', log: adding({ capabilities: 'write' }) },
  { name: 'an empty label', log: adding({ label: '' }) },
  { name: 'a label of 65 characters', log: adding({ label: '😀'.repeat(65) }) },
  { name: 'a label with a line break', log: adding({ label: 'a\nb' }) },
  { name: 'a label of null', log: adding({ label: null }) },
  { name: 'a label with a lone surrogate', log: resigned(adding({}), (last) => ({ ...last, statement: { ...last.statement, label: '\ud800' } })) },
  { name: 'a house that is no persona id', log: grow(ada(), 'ada laptop', { type: 'set-home', house: 'C' + 'a'.repeat(52) }) },
  { name: 'a persona id whose unused bits are set', log: grow(ada(), 'ada laptop', { type: 'set-home', house: 'c' + 'a'.repeat(51) + 'b' }) },
];

const places = (): Bad[] => [
  { name: 'no inception', log: ada().slice(1) },
  { name: 'two inceptions', log: [begin('ada'), begin('ada')] },
  { name: 'a statement after retirement', log: grow(retired(), 'ada recovery', { type: 'rotate-recovery', recoveryKey: key('ada recovery 2') }) },
  { name: 'a statement of another persona', log: adding({ persona: idOf('ben') }) },
  { name: 'a height left out', log: adding({ height: 4 }) },
  { name: 'a height again', log: adding({ height: 2 }) },
  { name: 'a statement missing from the middle', log: [...ada().slice(0, 1), ...ada().slice(2)] },
  { name: 'a prev that is not the statement before', log: adding({ prev: long('elsewhere') }) },
  { name: 'a middle statement exchanged for another that is signed as well', log: [
    ...grow([begin('ada')], 'ada laptop', { ...add, capabilities: ['write'] }), ...ada().slice(2)] },
];

const signers = (): Bad[] => [
  { name: 'an inception signed by the device alone', log: [sign(begin('ada').statement, 'ada laptop')] },
  { name: 'an inception signed the wrong way round', log: [sign(begin('ada').statement, 'ada laptop', 'ada recovery')] },
  { name: 'an inception whose device key never signed', log: [sign(begin('ada').statement, 'ada recovery', 'ben laptop')] },
  { name: 'signed by a stranger', log: adding({}, 'ben laptop') },
  { name: 'signed by the pod device, which may only write', log: adding({}, 'ada pod') },
  { name: 'signed by a revoked device', log: grow(adaLater(), 'ada laptop', { type: 'retire' }) },
  { name: 'signed by the old recovery key', log: grow(adaLater(), 'ada recovery', { type: 'retire' }) },
  { name: 'retired by a device', log: grow(ada(), 'ada laptop', { type: 'retire' }) },
  { name: 'recovery rotated by a device', log: grow(ada(), 'ada laptop', { type: 'rotate-recovery', recoveryKey: key('ada recovery 2') }) },
  { name: 'signed in the name of another key', log: adding({ by: key('ada recovery') }) },
  { name: 'two signatures where one belongs', log: resigned(adding({}), (last) => ({ ...last, signatures: [...last.signatures, ...last.signatures] })) },
  { name: 'no signature', log: resigned(adding({}), (last) => ({ ...last, signatures: [] })) },
  { name: 'a signature of 63 bytes', log: resigned(adding({}), (last) => ({ ...last, signatures: [last.signatures[0]!.slice(0, 84)] })) },
  { name: 'a signature that was changed', log: resigned(adding({}), (last) => ({ ...last, signatures: ['A' + 'B' + last.signatures[0]!.slice(2)] })) },
  { name: 'a statement that was changed', log: resigned(adding({}), (last) => ({ ...last, statement: { ...last.statement, device: key('mallory') } })) },
  { name: 'signed under the domain of lanes', log: resigned(adding({}), (last) => ({ ...last, signatures: [signUnder(suite, 'commonhold/lane/1', last.statement, seed('ada laptop'))] })) },
  { name: 'signed without a domain', log: resigned(adding({}), (last) => ({ ...last, signatures: [toBase64Url(suite.sign(seed('ada laptop'), utf8(JSON.stringify(last.statement))))] })) },
];

const oneKey = (): Signed => sign(inception({ recoveryKey: key('ada laptop'), deviceKey: key('ada laptop'), nonce: short('n') }), 'ada laptop', 'ada laptop');

const effects = (): Bad[] => [
  { name: 'one key for recovery and device', log: [oneKey()] },
  { name: 'the recovery key added as a device', log: adding({ device: key('ada recovery') }) },
  { name: 'an old recovery key added as a device', log: grow(adaLater(), 'ada phone', { type: 'add-device', device: key('ada recovery'), capabilities: ['write'] }) },
  { name: 'a device added twice', log: adding({ device: key('ada pod') }) },
  { name: 'a revoked device added again', log: grow(adaLater(), 'ada phone', { type: 'add-device', device: key('ada laptop'), capabilities: ['write'] }) },
  { name: 'a device revoked that never was', log: grow(ada(), 'ada laptop', { type: 'revoke-device', device: key('ben laptop') }) },
  { name: 'a device revoked twice', log: grow(adaLater(), 'ada phone', { type: 'revoke-device', device: key('ada laptop') }) },
  { name: 'a pod device revoked that set-home revoked before', log: grow(adaMoved(), 'ada phone', { type: 'revoke-device', device: key('ada pod') }) },
  { name: 'recovery rotated to itself', log: grow(ada(), 'ada recovery', { type: 'rotate-recovery', recoveryKey: key('ada recovery') }) },
  { name: 'recovery rotated to an old recovery key', log: grow(adaLater(), 'ada recovery 2', { type: 'rotate-recovery', recoveryKey: key('ada recovery') }) },
  { name: 'recovery rotated to a device key', log: grow(ada(), 'ada recovery', { type: 'rotate-recovery', recoveryKey: key('ada pod') }) },
];

const reverts = (): Bad[] => [
  { name: 'a revert of the first house', log: grow(ada(), 'ada recovery', { type: 'revert-home' }) },
  { name: 'a revert without a move', log: grow(begun(), 'ada recovery', { type: 'revert-home' }) },
  { name: 'a revert by the device that moved', log: grow(adaMovedByPhone(), 'ada phone', { type: 'revert-home' }) },
  { name: 'a revert of a move by recovery', log: grow(adaMoved(), 'ada phone', { type: 'revert-home' }) },
  { name: 'a revert that does not follow right upon the move', log: grow(grow(adaMovedByPhone(), 'ada recovery 2', { ...add, capabilities: ['write'], device: key('ada boat') }), 'ada recovery 2', { type: 'revert-home' }) },
  { name: 'a revert of a revert', log: grow(grow(adaMovedByPhone(), 'ada recovery 2', { type: 'revert-home' }), 'ada phone', { type: 'revert-home' }) },
  { name: 'a revert that names a house', log: grow(adaMovedByPhone(), 'ada recovery 2', { type: 'revert-home' }, { house: OTHER_HOUSE }) },
];
const begun = (): Signed[] => grow([begin('ada')], 'ada laptop', { ...add, capabilities: ['write'] });

/** Key logs that must be refused, each for one reason. */
export const badLogs = (): Bad[] => [...shapes(), ...fields(), ...places(), ...signers(), ...effects(), ...reverts()];
