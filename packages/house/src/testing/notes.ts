const OF = (type: string, more: object = {}): object => ({ type, ...more });

/**
 * A contract with all that the built-in ones lack: fields that only some may read, own rows, counting without reading,
 * writing without reading, reading and writing one's own in another's pod.
 */
export const NOTES = {
  commonhold: 'contract/1', service: { id: 'notes', name: 'notes', title: 'Notes', publisher: 'Commonhold', key: null }, version: 1, purpose: 'Keep notes.',
  collections: {
    lines: {
      kind: 'list', item: 'line', audiences: ['only-me', 'close', 'house', 'everyone'], defaultAudience: 'house', limits: { count: 100_000 },
      allow: [
        { who: 'owner', may: ['read', 'add', 'change', 'remove', 'watch', 'count'] },
        { who: { linked: ['close'] }, may: ['read', 'watch'] },
        { who: { house: 'mine' }, may: ['read', 'watch'], fields: ['title', 'rank'] },
        { who: 'signed-in', may: ['count'], fields: ['done'] },
        { who: 'anyone', may: ['read'], fields: ['title'] },
      ],
    },
    tallies: {
      kind: 'list', item: 'line', audiences: ['house'],
      allow: [{ who: 'owner', may: ['add', 'change'] }, { who: { house: 'mine' }, may: ['count'], fields: ['done'] }],
    },
    box: { kind: 'list', item: 'line', audiences: ['house'], allow: [{ who: 'signed-in', may: ['add'] }] },
    guests: {
      kind: 'list', item: 'line', audiences: ['only-me', 'house'], defaultAudience: 'only-me', limits: { count: 10_000, itemBytes: 600 },
      allow: [{ who: 'signed-in', may: ['add'] }, { who: 'signed-in', may: ['read', 'change', 'remove', 'watch'], rows: 'own' }, { who: { house: 'mine' }, may: ['read'], fields: ['title'] }],
    },
    letters: { kind: 'list', item: 'line', audiences: ['house'], limits: { count: 5 }, allow: [{ who: 'signed-in', may: ['add'] }, { who: 'signed-in', may: ['remove'], rows: 'own' }] },
  },
  data: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: {
      line: {
        type: 'object', additionalProperties: false, required: ['title'],
        properties: {
          title: OF('string', { maxLength: 400 }), rank: OF('number'), secret: { type: ['string', 'null'], maxLength: 100 }, done: OF('boolean'),
          tags: OF('array', { items: { type: 'string', maxLength: 40 } }),
        },
      },
    },
  },
};
