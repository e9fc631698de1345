import assert from 'node:assert/strict';
import { nobleSuite } from '@commonhold/core/noble';
import { saidBy } from '../../../packages/house/src/testing/said.ts';
import type { Random } from '../random.ts';
import { asked, sorted, type Spot } from './asked.ts';
import { anyOf, drop, due, says, selfOf, SERVICE, someBody, someKey, usualOf, type GateWorld, type ModelRow } from './world.ts';

/* What the makers of a service write, by offers that a key signed: truly the service's, or falsely another one. */

const at = ({ owner, collection }: Spot) => ({ persona: owner, service: SERVICE, collection });
const nameOf = ({ asker, owner, collection }: Spot): string => `${asker.name} at ${owner}/${collection}`;
const rowsAt = (world: GateWorld, { owner, collection }: Spot): ModelRow[] => world.rows.filter((row) => row.owner === owner && row.collection === collection);
const isTheirs = ({ key }: Pick<ModelRow, 'key'>): boolean => key.startsWith(`${SERVICE}/`);
const newKey = (random: Random): string => `${SERVICE}/${someKey(random)}`;

/** May the makers do this with this record? */
const may = (world: GateWorld, { asker, owner, collection }: Spot, verb: string, { audience, author }: Pick<ModelRow, 'audience' | 'author'>): boolean =>
  says(world, asker, owner, collection, { audience, own: author === selfOf(asker) }, verb) !== 'none';
const mayAny = (world: GateWorld, { asker, owner, collection }: Spot, ...verbs: string[]): boolean => anyOf(world, asker, owner, collection, ...verbs);

/** One write of a random kind by the makers, compared with what the rules say, and written into the model. */
export async function checkServiceWrite(world: GateWorld, random: Random, spot: Spot): Promise<void> {
  await random.pick([checkPut, checkPut, checkPatch, checkRemove])(world, random, spot);
}

async function ask(world: GateWorld, spot: Spot, verb: 'put' | 'patch' | 'remove', key: string, body?: Record<string, string>) {
  const { gate } = world.trial.firewall;
  const words = saidBy(nobleSuite, { seed: world.seeds[spot.asker.signs!], now: world.trial.clock.ms }, at(spot), { key, ...(body && { body }) });
  return asked<unknown>(() => gate.data[verb](spot.asker.caller, at(spot), words));
}

const bodyFor = (random: Random, { collection }: Spot): Record<string, string> => (collection === 'links' ? { persona: 'x', relation: 'neighbour' } : someBody(random));

async function checkPut(world: GateWorld, random: Random, spot: Spot): Promise<void> {
  const isSingle = world.contract.collections[spot.collection]?.kind === 'single';
  const own = rowsAt(world, spot).filter(isTheirs);
  const there = isSingle ? rowsAt(world, spot)[0] : own.length > 0 && random.once(2) ? random.pick(own) : undefined;
  const key = isSingle ? 'self' : there?.key ?? newKey(random);
  const body = bodyFor(random, spot);
  const got = await ask(world, spot, 'put', key, body);
  const outcome = putting(world, spot, { there, isSingle, body });
  assert.deepEqual('value' in got ? 'taken' : got.refused, outcome === 'refused' ? 'not_found' : 'taken', `${nameOf(spot)} puts ${key} ${JSON.stringify(body)}: ${outcome}`);
  const written = world.trial.clock.ms;
  if (outcome === 'added') world.rows.push({ written, owner: spot.owner, collection: spot.collection, key, audience: usualOf(world, spot.collection), author: SERVICE, body });
  if (outcome === 'changed') Object.assign(there!, { body, author: SERVICE, written });
}

/** What becomes of a put: a record that is there is changed where that is allowed, and else left as it is without a word. */
function putting(world: GateWorld, spot: Spot, { there, isSingle, body }: { there: ModelRow | undefined; isSingle: boolean; body: Record<string, string> }): 'added' | 'changed' | 'left' | 'refused' {
  const usual = { audience: usualOf(world, spot.collection), author: SERVICE };
  const [adds, changes] = [mayAny(world, spot, 'add'), isSingle ? mayAny(world, spot, 'change') : spot.collection in world.contract.collections && may(world, spot, 'change', usual)];
  if (!adds && !changes) return 'refused';
  if (there && (!changes || sorted(there.body) === sorted(body))) return 'left';
  if (there) return may(world, spot, 'change', there) ? 'changed' : 'refused';
  if (isSingle && !changes && world.emptied.has(`${spot.owner} ${spot.collection}`)) return 'left';
  return adds ? 'added' : 'refused';
}

/** Whether the makers may read the whole of a record. */
const isWhole = (world: GateWorld, { asker }: Spot, row: ModelRow): boolean => due(world, asker, row, 'read')?.whole === true;

async function checkPatch(world: GateWorld, random: Random, spot: Spot): Promise<void> {
  // What another persona made there is theirs to change.
  const all = rowsAt(world, spot).filter((row) => !row.key.includes('/') || isTheirs(row));
  const there = all.length > 0 && !random.once(6) ? random.pick(all) : undefined;
  const body = bodyFor(random, spot);
  const got = await ask(world, spot, 'patch', there?.key ?? newKey(random), body);
  const opens = mayAny(world, spot, 'change') && mayAny(world, spot, 'read');
  const changes = there !== undefined && isWhole(world, spot, there) && sorted(there.body) !== sorted(body) && may(world, spot, 'change', there);
  assert.deepEqual(got, opens ? { value: { count: changes ? 1 : 0 } } : { refused: 'not_found' }, `${nameOf(spot)} patches ${JSON.stringify(there)}`);
  if (opens && changes) Object.assign(there, { body, author: SERVICE, written: world.trial.clock.ms });
}

async function checkRemove(world: GateWorld, random: Random, spot: Spot): Promise<void> {
  const all = rowsAt(world, spot);
  const there = all.length > 0 && !random.once(6) ? random.pick(all) : undefined;
  const key = there?.key ?? newKey(random);
  const got = await ask(world, spot, 'remove', key);
  const reads = mayAny(world, spot, 'read');
  const name = `${nameOf(spot)} removes ${JSON.stringify(there)}`;
  if (!mayAny(world, spot, 'remove')) { assert.deepEqual(got, { refused: 'not_found' }, name); return; }
  if (!reads && key !== 'self' && !isTheirs({ key })) { assert.deepEqual(got, { refused: 'bad_key' }, name); return; }
  const goes = there !== undefined && (!reads || due(world, spot.asker, there, 'read') !== null) && may(world, spot, 'remove', there);
  assert.deepEqual(got, { value: { count: reads ? (goes ? 1 : 0) : 1 } }, name);
  if (goes) drop(world, there);
}
