import { hkdfSync } from 'node:crypto';
import { toBase64Url, type Suite } from '@commonhold/core';

/** Seed of the key with which the house signs for one pod: HKDF-SHA256 of the house secret and the pod's salt (16 bytes). */
export const podDeviceSeed = (houseSecret: Uint8Array, keySalt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', houseSecret, keySalt, 'commonhold/pod-device/1', 32));

/** Its public key, base64url. */
export const podDeviceKey = (suite: Suite, houseSecret: Uint8Array, keySalt: Uint8Array): string =>
  toBase64Url(suite.publicKey(podDeviceSeed(houseSecret, keySalt)));
