import { parseContract, Refusal, serviceId, signContract, toBase64Url, type Contract, type JsonObject, type Suite } from '@commonhold/core';

/** A service of a test's own, with its key. */
export interface TrialService { seed: Uint8Array; id: string; key: string; contract(change?: (document: JsonObject) => void): Contract }

/** Meals that people plan together, as small as shows every kind of rule that matters. */
export function makePotluck(suite: Suite, name = 'potluck'): TrialService {
  const seed = suite.random(32);
  const key = suite.publicKey(seed);
  const id = serviceId(suite, key, name);
  return {
    seed, id, key: toBase64Url(key),
    contract: (change = () => {}) => {
      const document = potluck({ id, name, key: toBase64Url(key) });
      change(document);
      const parsed = parseContract(document);
      if (!parsed.ok) throw new Refusal('invalid', parsed.code, parsed.message, { field: parsed.at ?? '' });
      return signContract(suite, parsed.value, seed, '0'.repeat(16));
    },
  };
}

const potluck = (service: { id: string; name: string; key: string }): JsonObject => ({
  commonhold: 'contract/1', version: 1, purpose: 'Plan meals together.',
  service: { ...service, title: 'Potluck', publisher: 'The makers of Potluck', endpoint: 'https://potluck.example' },
  collections: {
    dishes: {
      kind: 'list', item: 'dish', audiences: ['only-me', 'members'], defaultAudience: 'members', index: ['date'], counts: ['date'],
      allow: [
        { who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch', 'count'] },
        { who: 'member', may: ['read', 'watch'], fields: ['title', 'date'] },
        { who: 'member', may: ['add'] },
        { who: 'service', may: ['read', 'count'], fields: ['date'] },
      ],
    },
    profile: { kind: 'single', item: 'profile', audiences: ['only-me', 'members'], defaultAudience: 'members', allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove'] }, { who: 'member', may: ['read'] }] },
    friends: { kind: 'links', item: 'link', allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove'] }] },
    notes: { kind: 'local', item: 'profile', allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove'] }] },
  },
  data: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      dish: { type: 'object', additionalProperties: false, required: ['title'], properties: { title: text(200), date: text(20), diet: text(40), photo: { type: 'string', format: 'blob' } } },
      profile: { type: 'object', additionalProperties: false, required: ['name'], properties: { name: text(60) } },
      link: { type: 'object', additionalProperties: false, required: ['persona', 'relation'], properties: { persona: text(60), relation: { type: 'string', enum: ['friend'] }, note: text(200) } },
    },
  },
});

const text = (maxLength: number): JsonObject => ({ type: 'string', maxLength });
