import { toBase64Url, utf8, type Suite } from '../../../packages/core/index.ts';
import { nobleSuite } from '../../../packages/core/noble.ts';

/** The suite of the vectors. Its random bytes are never asked for: every seed, nonce and salt has a name. */
export const suite: Suite = nobleSuite;

/** 32 bytes that stand for a secret, made from its name. */
export const seed = (name: string): Uint8Array => suite.sha256(utf8(`commonhold vectors: ${name}`));
/** The public key of a named seed, base64url. */
export const key = (name: string): string => toBase64Url(suite.publicKey(seed(name)));
/** The first 16 of a named secret's bytes, base64url: nonces, lanes, record keys. */
export const short = (name: string): string => toBase64Url(seed(name).subarray(0, 16));
/** A named 32-byte value, base64url: a hash that nobody can check. */
export const long = (name: string): string => toBase64Url(seed(name));
/** Bytes as lower-case hex. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** A copy that shares nothing. */
export const copy = <T>(value: T): T => structuredClone(value);
/** An object with an own field of any name, `__proto__` too. */
export const withField = (object: object, name: string, value: unknown): object =>
  JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}${JSON.stringify(object).replace(/^\{(?!\})/, ',').replace(/^\{\}$/, '}')}`) as object;
/** An object without one of its fields. */
export const without = (object: object, name: string): object =>
  Object.fromEntries(Object.entries(object).filter(([n]) => n !== name));
