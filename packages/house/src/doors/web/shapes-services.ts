import type { JsonObject } from '@commonhold/core';
import { flag, list, named, oneOf, orNull, plain, shape, signedShape, text, time } from './shapes.ts';

const count: JsonObject = { type: 'integer', minimum: 0 };
const names = (most: number): JsonObject => ({ type: 'array', items: text(63, 1), minItems: 1, maxItems: most, uniqueItems: true });

/** What is taken back of single rules; which rules there are, the contract says. */
export const narrowingShape = shape({ rules: { type: 'object', additionalProperties: shape({ 'off?': { const: true }, 'fields?': names(256), 'audiences?': names(7) }) } });

/** A document that is read by its own rules: the place of what is wrong with it is told. */
export const contractShape: JsonObject = { type: 'object', description: 'a contract (spec/contract.md), {contract, rotations}, or a contract file of BYODA (spec/byoda.md)' };

/** A place in a house for a name that lives in another. */
export const handOverShape = shape({ house: text(53, 53), podDevice: text(43, 43), recoveryKey: text(43, 43) });

const block = shape({ code: plain, say: plain, 'field?': plain });
const unhonoured = shape({ code: plain, at: plain, message: plain, blocks: flag });
const versionOf = { hash: plain, version: count, contract: named('Contract') };
const source = oneOf('pasted', 'address', 'shelf');
const joined = {
  persona: plain, service: plain, as: oneOf('pseudonym', 'self'), title: plain, publisher: plain, purpose: plain, version: count, hash: plain, since: time, draft: flag,
  state: oneOf('active', 'paused', 'leaving', 'moved'), pausedUntil: orNull(time), narrowing: narrowingShape, offered: orNull(shape({ hash: plain, version: count })),
};
/** A signed statement of any kind. */
export const anySigned = shape({ statement: { type: 'object' }, signatures: list(plain) });

/** Shapes with names. */
export const SERVICE_SHAPES: Readonly<Record<string, JsonObject>> = {
  Contract: { type: 'object', description: 'spec/contract.md' },
  Narrowing: narrowingShape,
  HandOver: handOverShape,
  Block: block,
  Unhonoured: unhonoured,
  ContractPreview: shape({
    ...versionOf, source, form: oneOf('commonhold', 'byoda'), address: orNull(plain), signed: flag, draft: flag, blocks: list(named('Block')), unhonoured: list(named('Unhonoured')),
    joined: orNull(shape({ persona: plain, hash: plain, version: count, wider: flag })),
  }),
  Upgrade: shape({ from: shape(versionOf), to: orNull(shape({ ...versionOf, wider: flag, blocks: list(named('Block')), source })), stay: flag }),
  Shelved: shape({ ...versionOf, service: plain, title: plain, publisher: plain, purpose: plain, note: orNull(plain), since: time, joined: orNull(shape({ persona: plain })) }),
  Joined: shape(joined),
  JoinedWhole: shape({
    ...joined, contract: named('Contract'), statement: anySigned, keyLog: list(signedShape), address: orNull(plain),
    history: list(shape({ hash: plain, version: count, since: time, earlier: flag })),
  }),
};
