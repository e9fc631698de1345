import assert from 'node:assert/strict';
import { parseContract, type Contract } from '../index.ts';

const dish = {
  type: 'object', required: ['title'], additionalProperties: false,
  properties: { title: { type: 'string', maxLength: 80 }, date: { type: 'string', format: 'date' }, diet: { enum: ['any', 'vegan'] }, parts: { type: 'array', items: { $ref: '#/$defs/part' }, maxItems: 9 } },
};
const part = { type: 'object', required: [], additionalProperties: false, properties: { name: { type: 'string' }, inside: { $ref: '#/$defs/part' }, grams: { type: 'integer', minimum: 1 } } };

const document = {
  commonhold: 'contract/1', version: 1, purpose: 'Plan meals.',
  service: { id: 'A'.repeat(43), name: 'potluck', title: 'Potluck', publisher: 'The makers', key: 'A'.repeat(43) },
  collections: {
    dishes: {
      kind: 'list', item: 'dish', audiences: ['only-me', 'linked', 'members', 'everyone'], defaultAudience: 'members',
      allow: [{ who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch'] }, { who: 'member', may: ['read', 'watch'] }, { who: 'member', may: ['add'] }, { who: 'service', may: ['read', 'count'], fields: ['date'] }],
    },
  },
  data: { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: { dish, part } },
};

/** A contract to begin with, other in these members. */
export function someContract(more: object = {}): Contract {
  const result = parseContract({ ...document, ...more });
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

/** The same, with its one collection other in these members. */
export const withDishes = (more: object, rest: object = {}): Contract => someContract({ collections: { dishes: { ...document.collections.dishes, ...more } }, ...rest });

/** The same, with these rules. */
export const withRules = (allow: readonly unknown[]): Contract => withDishes({ allow });

/** The next version, with the definitions of a dish and of a part other in these members. */
export const withData = (dishMore: object, partMore: object = {}): Contract =>
  someContract({ version: 2, data: { ...document.data, $defs: { dish: { ...dish, ...dishMore }, part: { ...part, ...partMore } } } });

/** The fields of a dish. */
export const DISH = dish.properties;
/** The fields of a part. */
export const PART = part.properties;
