import { checkServiceKey, serviceId, signRotation, type KeyedService, type RotateServiceKey, type Signed } from '../../../packages/core/index.ts';
import { key, seed, suite } from './tools.ts';

const NAME = 'potluck';
const ID = serviceId(suite, suite.publicKey(seed('service 1')), NAME);
const keyed = (n: number, more: Partial<KeyedService['service']> = {}): KeyedService['service'] => ({ id: ID, name: NAME, key: key(`service ${n}`), ...more });

/** From one key to another, by the one before unless told otherwise. */
const to = (from: number, next: number, more: Partial<RotateServiceKey> = {}, by = from): Signed<RotateServiceKey> =>
  signRotation(suite, { service: ID, from: key(`service ${from}`), to: key(`service ${next}`), at: '0199999999990000', ...more }, seed(`service ${by}`));

const first = to(1, 2), second = to(2, 3);

const cases: { name: string; service: KeyedService['service']; rotations: unknown[] }[] = [
  { name: 'the key that the id is made of', service: keyed(1), rotations: [] },
  { name: 'a key after it', service: keyed(2), rotations: [first] },
  { name: 'a key after that', service: keyed(3), rotations: [first, second] },
  { name: 'another key, and nothing that leads to it', service: keyed(2), rotations: [] },
  { name: 'signed by the new key', service: keyed(2), rotations: [to(1, 2, {}, 2)] },
  { name: 'signed by a stranger', service: keyed(2), rotations: [to(1, 2, {}, 9)] },
  { name: 'of another service', service: keyed(2), rotations: [to(1, 2, { service: serviceId(suite, suite.publicKey(seed('service 1')), 'potlatch') })] },
  { name: 'two from the same key', service: keyed(3), rotations: [first, to(1, 3)] },
  { name: 'the first one is missing', service: keyed(3), rotations: [second] },
  { name: 'in the wrong order', service: keyed(3), rotations: [second, first] },
  { name: 'another name', service: keyed(2, { name: 'potlatch' }), rotations: [first] },
  { name: 'the contract still has the old key', service: keyed(1), rotations: [first] },
  { name: 'the contract has a key from the middle', service: keyed(2), rotations: [first, second] },
  { name: 'back to a key that ended', service: keyed(1), rotations: [first, to(2, 1)] },
  { name: 'to itself', service: keyed(1), rotations: [to(1, 1)] },
  { name: 'changed after signing', service: keyed(3), rotations: [{ ...first, statement: { ...first.statement, to: key('service 3') } }] },
  { name: 'with something more', service: keyed(2), rotations: [to(1, 2, { because: 'lost' } as object as Partial<RotateServiceKey>)] },
  { name: 'another version', service: keyed(2), rotations: [{ ...first, statement: { ...first.statement, v: 2 } }] },
  { name: 'signed twice', service: keyed(2), rotations: [{ ...first, signatures: [...first.signatures, ...first.signatures] }] },
  { name: 'a moment that is none', service: keyed(2), rotations: [to(1, 2, { at: 'now' })] },
];

/** Keys of services that follow others: `contract.md` §6. */
export const rotations = (): object => ({
  cases: cases.map((of) => {
    const checked = checkServiceKey(suite, of, of.rotations);
    return { ...of, ...(checked.ok ? { good: true } : { good: false, code: checked.code, at: checked.at }) };
  }),
});
