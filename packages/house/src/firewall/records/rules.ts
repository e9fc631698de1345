import { blobsIn, checkBody, isByItsKey, keyOwner, Refusal, type Compiled, type CompiledCollection, type Envelope, type Json, type Lane } from '@commonhold/core';
import type { ReceiveRules } from '../../store/receive/types.ts';
import type { ContractBook } from '../contract-book.ts';
import type { EnforcedContract } from '../contracts.ts';
import type { Home } from '../homes.ts';

/**
 * What the contracts that a persona has joined, now or earlier, say of records from another of their devices. Refuses
 * `contract_unknown`, `collection_unknown`, `local_not_synced`, `bad_audience`, `bad_key`, `offer_wrong_key`, `item_too_big`, `bad_body`, `blob_unknown`.
 */
export function rulesOf(home: Home, book: ContractBook): ReceiveRules {
  const { pod, state } = home;
  const known = new Map<string, EnforcedContract | null>();
  const collectionOf = (hash: string, service: string, collection: string): CompiledCollection & { compiled: Compiled } => {
    if (!known.has(hash)) known.set(hash, book.byHash(home, hash));
    const contract = known.get(hash);
    if (contract?.service !== service) throw new Refusal('invalid', 'contract_unknown', 'This contract of the service was not joined here.', { field: 'contract' });
    // What is local by now was once signed, perhaps: it does not come back that way.
    if (book.of(home, service)?.compiled.collections.get(collection)?.kind === 'local') throw new Refusal('invalid', 'local_not_synced', 'Records of this collection stay where they are.', { field: 'collection' });
    const found = contract.compiled.collections.get(collection);
    if (!found) throw new Refusal('invalid', 'collection_unknown', 'The contract has no such collection.', { field: 'collection' });
    return { ...found, compiled: contract.compiled };
  };
  return {
    lane: ({ contract, service, collection, audience }: Lane) => {
      const { audiences } = collectionOf(contract, service, collection);
      const named = audience.startsWith('house:') ? 'house' : audience;
      if (!audiences.some((one) => one === named)) throw new Refusal('invalid', 'bad_audience', 'This is not an audience that such a record may have.', { field: 'audience' });
    },
    record: (envelope, { body, offer }, bytes) => {
      const { kind, limits, compiled } = collectionOf(envelope.contract, envelope.service, envelope.collection);
      checkKey(kind, envelope);
      if (!isByItsKey(envelope, offer, compiled.contract.service.key)) throw new Refusal('invalid', 'offer_wrong_key', 'The key of the service in the contract is another one.', { field: 'offer' });
      if (envelope.op === 'remove') return [];
      checkContent(compiled, envelope.collection, { body: body ?? null, bytes, most: limits.itemBytes });
      return blobsIn(compiled, envelope.collection, body ?? null).map(({ blob, at }) => {
        if (pod.sql.blob.get(state.ref, envelope.service, blob)) return blob;
        throw new Refusal('invalid', 'blob_unknown', 'This names a picture or file that was not sent here first.', { field: `body${at}` });
      });
    },
  };
}

// That an author may write under a key, the envelope says; its owner removes what lies under a key of somebody else's, and puts nothing there.
function checkKey(kind: CompiledCollection['kind'], { key, author, op }: Envelope): void {
  const isPersona = key.length === 53 && keyOwner(key) === null;
  const fits = kind === 'single' ? key === 'self' : key !== 'self' && (!isPersona || kind === 'links') && (keyOwner(key) === null || author !== undefined || op === 'remove');
  if (!fits) throw new Refusal('invalid', 'bad_key', 'A record of this collection cannot have such a key.', { field: 'key' });
}

function checkContent(compiled: Compiled, collection: string, { body, bytes, most }: { body: Json; bytes: number; most: number }): void {
  if (bytes > most) throw new Refusal('invalid', 'item_too_big', 'This is longer than the contract allows.', { field: 'body', expected: `at most ${most} bytes` });
  const issue = checkBody(compiled, collection, body);
  if (issue) throw new Refusal('invalid', 'bad_body', 'The record is not what its contract asks for.', { field: `body${issue.field}`, expected: issue.expected });
}
