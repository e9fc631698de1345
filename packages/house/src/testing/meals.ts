import { serviceId, toBase64Url, type Suite } from '@commonhold/core';
import type { EnforcedContract } from '../firewall/contracts.ts';
import { contractsWith } from './album.ts';

/** Where the service's app lives. */
export const MEALS_ORIGIN = 'https://meals.example';

/** The seed of a service's key, by its name. */
export const seedOf = (suite: Suite, name: string): Uint8Array => suite.sha256(new TextEncoder().encode(`service ${name}`));

const EVERYTHING = ['read', 'add', 'change', 'remove', 'watch', 'count'];
const OWNER = { who: 'owner', may: EVERYTHING };
const audiences = { audiences: ['only-me', 'members'], defaultAudience: 'members' };

/** Its document, as far as tests look at it. */
export interface Meals { service: { id: string; [part: string]: unknown }; [part: string]: unknown }

/** A contract of a service with a key: dishes that the service may read in part and count, notes that it may not and may add to, two bundles. */
export function mealsContract(suite: Suite, name = 'meals'): Meals {
  const key = suite.publicKey(seedOf(suite, name));
  return {
    commonhold: 'contract/1', version: 1, purpose: 'Plan meals together.',
    service: { id: serviceId(suite, key, name), name, title: 'Meals', publisher: 'The meal makers', key: toBase64Url(key), origins: [MEALS_ORIGIN] },
    bundles: { basics: ['dishes'], words: ['notes'] },
    collections: {
      dishes: {
        kind: 'list', item: 'dish', ...audiences,
        allow: [OWNER, { who: 'member', may: ['read', 'watch', 'add'] }, { who: 'service', may: ['read', 'watch'], fields: ['title'] }, { who: 'service', may: ['count'] }],
      },
      notes: { kind: 'list', item: 'note', ...audiences, allow: [OWNER, { who: 'member', may: ['read'] }, { who: 'service', may: ['add'] }] },
    },
    data: {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: {
        dish: { type: 'object', additionalProperties: false, properties: { title: { type: 'string', maxLength: 100 }, diet: { type: 'string', maxLength: 20 } } },
        note: { type: 'object', additionalProperties: false, properties: { text: { type: 'string', maxLength: 100 } } },
      },
    },
  };
}

/** The built-in contracts and those of these services. */
export const mealsContracts = (suite: Suite, ...names: readonly string[]): Map<string, EnforcedContract> =>
  contractsWith(suite, ...(names.length > 0 ? names : ['meals']).map((name) => mealsContract(suite, name)));
