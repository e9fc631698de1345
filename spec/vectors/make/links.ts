import { fromBase64Url, linkMac, signInProof } from '../../../packages/core/index.ts';
import { HOUSE, idOf } from './persona.ts';
import { key, long, seed, short, suite } from './tools.ts';

const device = key('ada phone');
const label = 'Phöne';
const mac = linkMac(fromBase64Url(short('link secret'))!, { device, label })!;

/** Devices that ask to be added by a code: whether the old device may believe them. */
export const links = (): object[] => [
  { name: 'the device that read the code', secret: short('link secret'), device, label, mac, good: true },
  { name: 'another key', secret: short('link secret'), device: key('thief'), label, mac, good: false },
  { name: 'another label', secret: short('link secret'), device, label: 'Phone', mac, good: false },
  { name: 'another secret', secret: short('another secret'), device, label, mac, good: false },
  { name: 'a part of the code', secret: short('link secret'), device, label, mac: mac.slice(0, 42), good: false },
];

const of = { house: HOUSE, statement: long('statement') };
const proof = signInProof(suite, of, seed('ada recovery'));
const recoveryKey = key('ada recovery');

/** Proofs that somebody has the words who signs in. */
export const signIns = (): object[] => [
  { name: 'by the words, into this house, by this statement', ...of, recoveryKey, proof, good: true },
  { name: 'into another house', ...of, house: idOf('ben'), recoveryKey, proof, good: false },
  { name: 'by another statement', ...of, statement: long('another'), recoveryKey, proof, good: false },
  { name: 'by another key', ...of, recoveryKey: key('ada laptop'), proof, good: false },
  { name: 'a proof that is none', ...of, recoveryKey, proof: proof.slice(0, 85), good: false },
];
