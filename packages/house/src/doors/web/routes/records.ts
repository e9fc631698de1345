import type { WebDeps } from '../ports.ts';
import { ok, signedIn, type Route } from '../route.ts';
import { list, named, oneOf, shape } from '../shapes.ts';

const MOST_BYTES = 8 * 1024 * 1024;
/** What is wrong with lines of other devices; the codes of spec/record.md, "A whole lane", beside these. */
const RECEIVING = [
  'not_found', 'bad_type', 'not_json', 'not_object', 'unknown_type', 'lane_unknown', 'lane_taken', 'lane_twice', 'lane_differs', 'lane_forked', 'lane_gap', 'head_missing',
  'head_unknown', 'contract_unknown', 'collection_unknown', 'local_not_synced', 'bad_audience', 'bad_key', 'bad_body', 'blob_unknown', 'item_too_big', 'retired', 'try_again',
];

/** Records that a person's other devices wrote, and what waits for their decision. */
export function recordRoutes({ records }: Pick<WebDeps, 'records'>): Route[] {
  return [
    signedIn<Uint8Array>({
      method: 'POST', path: '/pods/{persona}/records', auth: 'session', app: true, limit: 'write', raw: 'application/x-ndjson', most: MOST_BYTES,
      summary: 'Take in what your other devices wrote: lines `lane` and `entry` as in an export, all or none; what is here already changes nothing',
      body: { type: 'string', description: 'JSON Lines (spec/export.md), each lane up to a head signature' }, answers: { 200: named('Received') }, problems: RECEIVING,
      handler: async ({ caller, params, body }) => ok(await records.receive(caller, params['persona']!, body)),
    }),
    signedIn({
      method: 'GET', path: '/me/repairs', summary: 'Records that two of your devices changed without knowing of each other, and records that wait', auth: 'session', limit: 'read',
      answers: { 200: shape({ conflicts: list(named('Conflict')), parked: list(named('Parked')), more: { type: 'integer', minimum: 0 } }) },
      handler: ({ caller }) => ok(records.repairs(caller)),
    }),
    signedIn<{ choose: 'keep' | 'other' | 'both' | 'accept' | 'drop' }>({
      method: 'POST', path: '/me/repairs/{id}', summary: 'Decide one: keep, other or both for a conflict; accept or drop for what waits', auth: 'session', limit: 'write',
      body: shape({ choose: oneOf('keep', 'other', 'both', 'accept', 'drop') }), answers: { 200: shape({ left: { type: 'integer', minimum: 0 } }) },
      problems: ['repair_unknown', 'bad_choice', 'denied', 'bad_body', 'bad_key', 'bad_audience', 'item_too_big', 'limit_reached', 'clock_behind'],
      handler: async ({ caller, params, body }) => ok(await records.repair(caller, params['id']!, body.choose)),
    }),
  ];
}
