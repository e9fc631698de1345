import assert from 'node:assert/strict';
import type { Random } from '../random.ts';
import { checkServiceWrite } from './service-writing.ts';
import { asked, sorted, tokenRefuses, type Answered, type Spot } from './asked.ts';
import { anyOf, audiencesOf, drop, due, says, SERVICE, someBody, someKey, usualOf, type GateWorld, type ModelRow } from './world.ts';

const at = ({ owner, collection }: Spot) => ({ persona: owner, service: SERVICE, collection });
const nameOf = ({ asker, owner, collection }: Spot): string => `${asker.name} at ${owner}/${collection}`;

/** One write of a random kind by a random asker, compared with what the rules say, and written into the model. */
export async function checkWrite(world: GateWorld, random: Random): Promise<void> {
  const spot: Spot = {
    asker: random.pick(world.askers), owner: random.pick(world.people).persona, collection: random.pick([...Object.keys(world.contract.collections), 'nothing']),
  };
  if (spot.asker.signs) { await checkServiceWrite(world, random, spot); return; }
  const mine = world.rows.filter(({ owner, collection, author }) => owner === spot.owner && collection === spot.collection && author === spot.asker.persona);
  const old = mine.length > 0 && random.once(2) ? random.pick(mine) : null;
  await (old && random.once(2) ? checkRemove(world, spot, old) : checkPut(world, random, spot, old));
}

async function checkRemove(world: GateWorld, spot: Spot, old: ModelRow): Promise<void> {
  const { asker, owner, collection } = spot;
  const got = await asked(() => world.trial.firewall.gate.data.remove(asker.caller, at(spot), { where: { $key: { eq: old.key } } }));
  const token = tokenRefuses(asker, true);
  if (token) { assert.deepEqual(got, { refused: token }, nameOf(spot)); return; }
  // Whoever may read there finds their own only if they may read it.
  const finds = !anyOf(world, asker, owner, collection, 'read') || due(world, asker, old, 'read') !== null;
  const row = { audience: asker.persona === owner ? old.audience : usualOf(world, collection), own: true };
  const may = asker.persona !== null && says(world, asker, owner, collection, row, 'remove') !== 'none';
  assert.deepEqual(got, may ? { value: { count: finds ? 1 : 0 } } : { refused: 'not_found' }, `${nameOf(spot)} removes ${JSON.stringify(old)}`);
  if (may && finds) drop(world, old);
}

// What the service made of a record is not what its owner says, though the words are the same.
const isSame = (there: ModelRow | null, body: object, audience: string | undefined, author: string | null): boolean =>
  there !== null && (author === null || there.author === author) && sorted(there.body) === sorted(body) && (audience === undefined || audience === there.audience);

interface Wish { there: ModelRow | null; body: Record<string, string>; audience: string | undefined; lies: string }

async function checkPut(world: GateWorld, random: Random, spot: Spot, old: ModelRow | null): Promise<void> {
  const { asker, owner, collection } = spot;
  const kind = world.contract.collections[collection]?.kind;
  const isOwner = asker.persona === owner;
  const audience = isOwner && kind !== undefined ? random.pick(audiencesOf(world, collection)) : undefined;
  const body = kind === 'links' ? { persona: asker.persona ?? 'x', relation: 'neighbour' } : someBody(random);
  const single = kind === 'single' && isOwner;
  const there = single ? world.rows.find((row) => row.owner === owner && row.collection === collection) ?? null : old;
  const key = single ? undefined : there?.key ?? someKey(random);
  const lies = audience ?? (isOwner || kind === undefined ? 'only-me' : usualOf(world, collection));
  const got = await asked(() => world.trial.firewall.gate.data.put(asker.caller, at(spot), { items: [{ body, ...(key !== undefined && { key }), ...(audience !== undefined && { audience }) }] }));
  judgePut(world, spot, { there, body, audience, lies }, got);
}

function judgePut(world: GateWorld, spot: Spot, { there, body, audience, lies }: Wish, got: Answered<{ items: { key: string }[] }>): void {
  const { asker, owner, collection } = spot;
  const token = tokenRefuses(asker, true);
  if (token) { assert.deepEqual(got, { refused: token }, nameOf(spot)); return; }
  const kind = world.contract.collections[collection]?.kind;
  const may = (verb: string): boolean => kind !== undefined && asker.persona !== null && says(world, asker, owner, collection, { audience: lies, own: true }, verb) !== 'none';
  const isOwner = asker.persona === owner;
  const same = isSame(there, body, audience, isOwner ? owner : null);
  const taken = isOwner ? same || (there ? may('change') : may('add')) : kind !== 'single' && (may('add') || (there !== null && may('change')));
  assert.deepEqual('value' in got ? 'taken' : got.refused, taken ? 'taken' : 'not_found', `${nameOf(spot)} ${there ? 'changes' : 'adds'} ${JSON.stringify({ body, audience })}`);
  if (!('value' in got)) return;
  if (!there) world.rows.push({ written: world.trial.clock.ms, owner, collection, key: got.value.items[0]!.key, audience: lies, author: asker.persona!, body });
  else if (isOwner || may('change')) Object.assign(there, { body, author: asker.persona, audience: isOwner ? lies : there.audience, written: same ? there.written : world.trial.clock.ms });
}
