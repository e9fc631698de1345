import { canonical, Refusal, toBase64Url, type Json } from '@commonhold/core';
import type { Access } from '../access.ts';
import type { Caller } from '../caller.ts';
import { checkForm } from '../transactor.ts';
import type { DataDeps } from './deps.ts';
import { mayOffer, notForStrangers, offeredKey, offeringOf, onceAtHome, versionFor, type Offering } from './offering.ts';
import { checkVersion, placed, type Put, type Wanted } from './placing.ts';
import { mayBeWhole } from './see.ts';
import type { Target } from './target.ts';

const KEY_BYTES = 16;

/**
 * Puts into another's pod, by offers: all or none, and where a service looks at each offer itself, one at a time. A key that
 * is known already is changed where the contract lets its author change it, and else left as it is. The answer has keys, and versions of what the caller may read whole; a record of theirs
 * that the owner removed looks like one that is there. Refuses what `put` refuses, and all that is not about the request's
 * own form as `not_found`.
 */
export async function putOffer(deps: DataDeps, caller: Caller, target: Target, items: readonly Wanted[], once: string | undefined): Promise<Put> {
  const { access, offering } = offeringOf(deps, caller, target, 'add', 'change');
  const me = offering.author.state.persona;
  items.forEach(({ audience, ifVersion }, i) => {
    // It lies where its owner keeps such records; and a version tells of what is there.
    if (audience !== undefined) throw notForStrangers(`/items/${i}/audience`);
    if (ifVersion !== undefined && !mayBeWhole(access, target.collection)) throw notForStrangers(`/items/${i}/ifVersion`);
  });
  // Whatever is there already: a key that is known must not be told from a new one by what its body is refused for.
  items.forEach(({ body }, i) => placed(() => checkForm(access.contract, target.collection, body), `/items/${i}`));
  if (offering.received && items.length > 1) throw new Refusal('invalid', 'bad_items', 'This service takes such records one at a time.', { field: '/items', expected: '1 item' });
  const keys = await onceAtHome(deps, caller, target, once,
    () => deps.digest(canonical([target.persona, target.service, target.collection, 'put', items as unknown as Json])),
    () => items.map(({ key }, i) => keyFor(deps, me, key, i)));
  const wanted = items.map((item, i) => ({ ...item, key: keys[i]! }));
  if (offering.received) await putReceived(deps, { caller, target, offering, received: offering.received }, wanted[0]!);
  else {
    await offering.deliver((owner, tx) => wanted.forEach((item, i) => placed(() => {
      checkOwn(owner, target, item, `/items/${i}`);
      if (!isSettled(owner, target, item.key)) tx.accept(offering.sign(owner, { op: 'put', key: item.key, body: item.body }));
    }, `/items/${i}`)));
  }
  const after = deps.open(caller, target);
  return { items: keys.map((key) => { const version = versionFor(after, target.collection, key); return version === null ? { key } : { key, version }; }) };
}

function keyFor({ pen }: DataDeps, me: string, key: string | undefined, i: number): string {
  const whole = offeredKey(me, key ?? toBase64Url(pen.suite.random(KEY_BYTES)));
  if (whole === null) throw new Refusal('invalid', 'bad_key', 'A record of this collection cannot have such a key.', { field: `/items/${i}/key` });
  return whole;
}

interface Received { caller: Caller; target: Target; offering: Offering; received: NonNullable<Offering['received']> }

async function putReceived(deps: DataDeps, { caller, target, offering, received }: Received, item: Wanted & { key: string }): Promise<void> {
  const owner = deps.open(caller, target);
  checkOwn(owner, target, item, '/items/0');
  try { if (!isSettled(owner, target, item.key)) await received(offering.sign(owner, { op: 'put', key: item.key, body: item.body })); } catch (error) { placed(() => { throw error; }, '/items/0'); }
}

// Where nobody may change what they added, a key that is known says nothing; it must not say whether its record is still there.
function isSettled(access: Access, { collection }: Target, key: string): boolean {
  const row = access.home.pod.sql.row.get(access.home.state.ref, access.contract.service, collection, key);
  return row !== undefined && !mayOffer(access, collection, 'change');
}

// Only what they may read of their own records can be compared: anything else is as if it were not there.
function checkOwn(access: Access, { collection }: Target, { key, ifVersion }: Wanted & { key: string }, at: string): void {
  if (ifVersion !== undefined) checkVersion(ifVersion, versionFor(access, collection, key), at);
}
