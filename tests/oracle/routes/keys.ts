import { startKeyLog, type Signed } from '@commonhold/core';
import { makeNodeSuite } from '@commonhold/house';

const suite = makeNodeSuite();

/** The keys of a persona's own browser, and its key log as the model knows it. */
export interface ModelKeys { recoverySeed: Uint8Array; deviceSeed: Uint8Array; statements: Signed[]; devices: string[] }

/** Makes a persona in a browser. */
export function browserKeys(podDevice: string, house: string): ModelKeys {
  const [recoverySeed, deviceSeed] = [suite.random(32), suite.random(32)];
  return { recoverySeed, deviceSeed, statements: startKeyLog(suite, { recoverySeed, deviceSeed, podDevice, house }), devices: [] };
}
