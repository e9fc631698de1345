import type { Suite } from '@commonhold/core';
import { builtInContracts, type EnforcedContract } from '../firewall/contracts.ts';
import { enforced } from './firewall.ts';

const BLOB = { type: 'string', format: 'blob' };
const EVERYTHING = ['read', 'add', 'change', 'remove', 'watch', 'count'];

/** A contract whose records name blobs: in a field that anybody may read, in one that only housemates may, and deep within a list. */
export const ALBUM = {
  commonhold: 'contract/1', service: { id: 'album', name: 'album', title: 'Album', publisher: 'Commonhold', key: null }, version: 1, purpose: 'Keep pictures.',
  collections: {
    pages: {
      kind: 'list', item: 'page', audiences: ['only-me', 'house', 'everyone'], defaultAudience: 'house',
      allow: [{ who: 'owner', may: EVERYTHING }, { who: { house: 'mine' }, may: ['read', 'watch'], fields: ['title', 'front', 'shots'] }, { who: 'anyone', may: ['read'], fields: ['title', 'front'] }],
    },
    drafts: { kind: 'local', item: 'page', allow: [{ who: 'owner', may: EVERYTHING }] },
    cards: { kind: 'list', item: 'page', audiences: ['house'], allow: [{ who: 'owner', may: EVERYTHING }, { who: 'signed-in', may: ['add'] }, { who: { house: 'mine' }, may: ['read'] }] },
  },
  data: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      page: {
        type: 'object', additionalProperties: false,
        properties: { title: { type: 'string', maxLength: 100 }, front: BLOB, back: BLOB, shots: { type: 'array', items: { $ref: '#/$defs/shot' } } },
      },
      shot: { type: 'object', additionalProperties: false, properties: { picture: { type: ['string', 'null'], format: 'blob' }, alt: { type: 'string', maxLength: 100 } } },
    },
  },
};

/** The built-in contracts and others beside them, for a house of a test's own. */
export function contractsWith(suite: Suite, ...documents: readonly object[]): Map<string, EnforcedContract> {
  return new Map([...builtInContracts(suite), ...documents.map((one) => enforced(suite, one)).map((one): [string, EnforcedContract] => [one.service, one])]);
}
