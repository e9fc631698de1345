import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Contract } from '@commonhold/core';
import { openTrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
import type { Caller } from '../caller.ts';

const here = { local: false };
type Settled = PromiseSettledResult<unknown>[];
const outcomes = (settled: Settled): string[] => settled.map((one) => (one.status === 'fulfilled' ? 'joined' : (one.reason as { code: string }).code)).toSorted();
const unsigned = ({ signature: _, ...rest }: Contract): Omit<Contract, 'signature'> => rest;

async function open(t: TestContext) {
  const trial = await openTrialHouse(['ada', 'bob', 'eve']);
  t.after(() => trial.close());
  const { ada, bob, eve } = trial.people as Record<'ada' | 'bob' | 'eve', Caller & { persona: string }>;
  const service = makePotluck(trial.house.suite);
  const joining = await trial.house.joining();
  const look = async (who: typeof ada, contract: unknown = service.contract()) => (await joining.preview(who, { contract }, here)).hash;
  return { trial, house: trial.house, ada, bob, eve, service, joining, look };
}

test('whoever joins twice at once has joined once, as whomever', async (t) => {
  const { ada, bob, eve, service, joining, look } = await open(t);
  for (const [who, ways] of [[ada, ['self', 'pseudonym']], [bob, ['pseudonym', 'self']], [eve, ['self', 'self']]] as const) {
    const hash = await look(who);
    assert.deepEqual(outcomes(await Promise.allSettled(ways.map((as) => joining.join(who, { hash, as })))), ['already_joined', 'joined'], ways.join());
    assert.deepEqual(joining.list(who).map((one) => one.service), [service.id]);
  }
});

test('what somebody looked at is as they found it, whatever others look at', async (t) => {
  const { ada, eve, service, joining, look } = await open(t);
  const contract = service.contract();
  const hash = await look(ada, contract);
  assert.equal((await joining.preview(eve, { contract: unsigned(contract) }, here)).hash, hash);
  for (let n = 0; n < 80; n++) await look(eve, service.contract((document) => { document['purpose'] = `Number ${n}.`; }));
  assert.equal((await joining.join(ada, { hash })).draft, false);
});

test('a draft is its builder’s own: others are not offered it, cannot join it, and it makes nobody a member of what is signed', async (t) => {
  const { house, ada, bob, eve, service, joining, look } = await open(t);
  const draft = await look(ada, unsigned(service.contract((document) => { document['purpose'] = 'Try things out.'; })));
  await assert.rejects(joining.join(eve, { hash: draft, draft: true }), { code: 'contract_unknown' });
  const mine = await joining.join(ada, { hash: draft, draft: true });
  await look(eve, unsigned(service.contract((document) => { document['version'] = 2; })));
  assert.equal((await joining.upgrade(ada, mine.persona, service.id, here)).to, null);

  const signed = await look(bob);
  const his = await joining.join(bob, { hash: signed });
  const dishes = { persona: his.persona, service: service.id, collection: 'dishes' };
  await house.gate.data.put(bob, dishes, { items: [{ body: { title: 'Soup' } }] });
  await assert.rejects(house.gate.data.query(ada, dishes, {}), { code: 'not_found' });
  assert.equal(house.gate.joined(ada, his.persona, service.id), null);
  const hers = await joining.join(eve, { hash: await look(eve) });
  assert.equal((JSON.parse(await house.gate.data.query(eve, dishes, {})) as { items: object[] }).items.length, 1);
  assert.notEqual(hers.persona, his.persona);
});

test('from the moment of leaving nobody has anything of it, and it is joined anew only when nothing is left', async (t) => {
  for (const as of ['self', 'pseudonym'] as const) {
    const { house, ada, service, joining, look, trial } = await open(t);
    const hash = await look(ada);
    const mine = await joining.join(ada, { hash, as });
    const dishes = { persona: mine.persona, service: service.id, collection: 'dishes' };
    await house.gate.data.put(ada, dishes, { items: [{ body: { title: 'Soup', date: 'Friday' } }] });
    const asService: Caller = { kind: 'service', service: service.id, key: service.key };
    const ended = new Promise<void>((resolve) => { house.gate.data.watch(ada, { ...dishes, collections: ['dishes'] }, { hear: () => true, end: resolve }); });
    assert.equal((JSON.parse(await house.gate.data.query(asService, dishes, {})) as { items: object[] }).items.length, 1);
    const job = joining.leave(ada, mine.persona, service.id);
    await assert.rejects(house.gate.data.query(asService, dishes, {}), { code: 'not_found' });
    await assert.rejects(house.gate.data.put(ada, dishes, { items: [{ body: { title: 'Bread' } }] }), { code: 'not_found' });
    const at = [ada, mine.persona, service.id] as const;
    const changes = [joining.narrow(...at, { rules: {} }), joining.pause(...at, true), joining.stay(...at, hash), joining.accept(...at, { hash, earlier: true }), joining.join(ada, { hash })];
    for (const one of await Promise.allSettled(changes)) assert.equal(one.status === 'rejected' && (one.reason as { code: string }).code, 'still_leaving');
    await ended;
    let tries = 0;
    // Every turn of the loop until nothing is left: what a hurried person finds.
    for (let left = false; !left;) {
      left = house.household.pseudonyms.departures.all().length === 0;
      if (left) break;
      await assert.rejects(joining.join(ada, { hash, as: 'self' }), { code: 'still_leaving' });
      tries++;
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    assert.ok(tries > 1);
    assert.equal((await house.jobs.ended(ada.persona, job.id)).state, 'done');
    assert.equal((await joining.join(ada, { hash, as })).as, as);
    await trial.shut();
    await trial.open();
    assert.equal((await trial.house.joining()).list(ada).length, 1);
  }
});
