import type { Suite } from '../suite.ts';
import { asText, inception, personaIdOf, signStatement, statementHash } from './sign.ts';
import type { AddDevice, SetHome, Signed } from './statement.ts';

/** What a browser needs to start a persona; the seeds never leave it. */
export interface Start {
  recoverySeed: Uint8Array; deviceSeed: Uint8Array;
  /** The pod device's public key (raw or base64url), as the house gave it. */
  podDevice: string | Uint8Array;
  /** Persona id of the house. */
  house: string;
  /** What the device list calls the pod device. */
  label?: string;
}

/** The three statements that join a house: inception, add-device (the pod's, write alone), set-home. */
export function startKeyLog(suite: Suite, start: Start): Signed[] {
  const { recoverySeed, deviceSeed, house, label } = start;
  const by = asText(suite.publicKey(deviceSeed));
  const first = inception({ recoveryKey: suite.publicKey(recoverySeed), deviceKey: by, nonce: suite.random(16) });
  const persona = personaIdOf(suite, first);
  const add: AddDevice = {
    v: 1, type: 'add-device', persona, height: 1, prev: statementHash(suite, first), by,
    device: asText(start.podDevice), capabilities: ['write'], ...(label === undefined ? {} : { label }),
  };
  const home: SetHome = { v: 1, type: 'set-home', persona, height: 2, prev: statementHash(suite, add), by, house };
  return [
    signStatement(suite, first, [recoverySeed, deviceSeed]),
    signStatement(suite, add, [deviceSeed]),
    signStatement(suite, home, [deviceSeed]),
  ];
}
