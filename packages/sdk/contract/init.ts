import { Refusal, serviceId, toBase64Url, type JsonObject, type Suite } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { readContract } from './read.ts';

/** What a new contract is made of. */
export interface NewContract { name: string; title?: string; publisher?: string; endpoint?: string; origins?: readonly string[] }

/**
 * A contract to begin with, as text, and the 32-byte seed of its service's key: one list of notes, which its owner keeps and
 * shares with whoever joined. It is a draft until it is signed. Refusal as in `readContract` when name or title will not do.
 */
export function initContract({ name, title = capital(name), publisher = `The makers of ${title}`, endpoint, origins }: NewContract, suite: Suite = nobleSuite): { text: string; seed: Uint8Array } {
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) throw new Refusal('invalid', 'bad_name', 'A name is a small letter, then small letters, digits or _, at most 63.', { field: '/service/name' });
  const seed = suite.random(32);
  const key = suite.publicKey(seed);
  const service = { id: serviceId(suite, key, name), name, title, publisher, key: toBase64Url(key), ...(endpoint && { endpoint }), ...(origins && { origins: [...origins] }) };
  const text = contractText({ commonhold: 'contract/1', service, version: 1, ...START });
  readContract(text);
  return { text, seed };
}

const START: JsonObject = {
  purpose: 'Keep notes, and share those that you choose with the others who joined.',
  bundles: { basics: ['notes'] },
  collections: {
    notes: {
      kind: 'list', item: 'note', label: { one: 'note', many: 'notes' }, cluster: 'Your notes',
      audiences: ['only-me', 'members'], defaultAudience: 'only-me', limits: { count: 1000, itemBytes: 8192 },
      allow: [
        { who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch', 'count'] },
        { who: 'member', may: ['read'] },
        { who: 'service', may: ['count'], because: 'to say how much is shared' },
      ],
    },
  },
  data: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      note: {
        type: 'object', additionalProperties: false, required: ['text', 'createdAt'],
        properties: { text: { type: 'string', minLength: 1, maxLength: 2000 }, createdAt: { type: 'integer', minimum: 0 } },
      },
    },
  },
};

/** A contract as people edit it: two spaces, one line end. */
export const contractText = (contract: JsonObject): string => `${JSON.stringify(contract, null, 2)}\n`;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replace(/_/g, ' ');
