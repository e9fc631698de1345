import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Refusal, toBase64Url } from '@commonhold/core';
import type { ProvedOffer } from '../firewall/transactor.ts';
import { openTrialHouse, type Person } from '../testing/house.ts';
import type { Effect } from '../firewall/effect.ts';
import { makeOutbox, type Receive } from './outbox.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;

const followers = (of: Person) => trial.house.gate.reader(of, of.persona, 'people')!.list('followers').map(({ author }) => author);
const podOf = ({ persona }: Person) => trial.house.household.personOf(persona)!.pod;
const waiting = (of: Person) => trial.house.firewall.outbox.waiting(podOf(of));
const accept: Receive = (author, proved) => trial.house.people.takeFollower({ kind: 'owner', persona: author }, proved);

/** An outbox beside the house's own, over the same store; nobody wakes the house's own for bare effects. */
function openOutbox(receive: Receive) {
  const errors: unknown[] = [];
  const outbox = makeOutbox({ store: trial.house.firewall.outbox, now: () => trial.clock.ms, receivers: new Map([['people/followers', receive]]), onError: (error) => { errors.push(error); } });
  return { errors, deliver: async (from: Person) => { outbox.wake(podOf(from)); await outbox.idle(); } };
}

/** Leaves the effect of a follow without the follow. */
async function effect(from: Person, to: Person, change: Partial<Effect> = {}): Promise<string> {
  const key = toBase64Url(trial.house.suite.random(16));
  const body = { persona: from.persona, relation: 'follower', createdAt: 1 };
  await trial.house.gate.transact(from, from.persona, 'people', (tx) =>
    tx.effect(to.persona, { op: 'put', service: 'people', collection: 'followers', key, body, ...change }));
  return key;
}

const ends = (key: string): Partial<Effect> => {
  const remove: Effect = { op: 'remove', service: 'people', collection: 'followers', key };
  return { ...remove, body: undefined as never };
};

/** Everything that was ever written to the followers of somebody, as their own export tells it. */
const history = (of: Person): string[] => [...trial.house.firewall.exportOf(of.persona)!].map((line) => JSON.parse(line) as { envelope?: string })
  .map(({ envelope }) => (envelope ? JSON.parse(envelope) as { collection: string; op: string } : null)).filter((one) => one?.collection === 'followers').map((one) => one!.op);

test('delivered at least once, written once: an answer that was lost, and a house that was closed in between', async () => {
  await effect(bob, ada);
  let lost = 0;
  const { deliver, errors } = openOutbox(async (author, proved) => {
    await accept(author, proved);
    if (lost++ === 0) throw new TypeError('the answer was lost');
  });
  await deliver(bob);
  assert.deepEqual([followers(ada), waiting(bob).length, errors.length], [[bob.persona], 1, 1]);
  await trial.shut();
  trial.clock.ms += 1000;
  await trial.open();
  await trial.house.views.ask(() => {});
  await openOutbox(accept).deliver(bob);
  await trial.house.outbox.idle();
  assert.deepEqual([followers(ada), waiting(bob), history(ada)], [[bob.persona], [], ['put']]);
});

test('what waited when the house closed is delivered after the next boot, by itself', async () => {
  await effect(cleo, ada);
  await trial.shut();
  await trial.open();
  await new Promise<void>((resolve) => { trial.house.firewall.feed.listen('people', ({ persona }) => { if (persona === ada.persona) resolve(); }); });
  assert.deepEqual(followers(ada), [bob.persona, cleo.persona]);
});

test('an unfollow right after a follow leaves no follower, a follow after that one', async () => {
  const { people, outbox } = trial.house;
  await people.follow(bob, cleo.persona);
  await people.unfollow(bob, cleo.persona);
  await outbox.idle();
  assert.deepEqual([followers(cleo), waiting(bob)], [[], []]);
  await Promise.all([people.follow(bob, cleo.persona), people.unfollow(bob, cleo.persona), people.follow(bob, cleo.persona)]);
  await outbox.idle();
  assert.deepEqual(followers(cleo), [bob.persona]);
  await people.unfollow(bob, cleo.persona);
  await outbox.idle();
  assert.deepEqual(followers(cleo), []);
});

test('an end that is told twice, or after the owner ended it, changes nothing', async () => {
  const key = await effect(cleo, bob);
  await openOutbox(accept).deliver(cleo);
  assert.deepEqual(followers(bob), [cleo.persona]);
  const [item] = trial.house.gate.reader(bob, bob.persona, 'people')!.list('followers');
  await trial.house.gate.transact(bob, bob.persona, 'people', (tx) => tx.remove('followers', item!.key));
  await effect(cleo, bob, ends(key));
  await effect(cleo, bob, ends(key));
  await effect(cleo, bob, { key });
  const { deliver, errors } = openOutbox(accept);
  await deliver(cleo);
  assert.deepEqual([followers(bob), waiting(cleo), errors, history(bob)], [[], [], [], ['remove']]);
});

test('a failure is tried again later and later, in order for that target, and holds up no other', async () => {
  const told: string[] = [];
  let works = false;
  const { deliver } = openOutbox(async (author, proved) => {
    if (proved.offer.owner === ada.persona && !works) { told.push('no'); throw new TypeError('not now'); }
    told.push(`${proved.offer.op} ${proved.offer.owner === ada.persona ? 'ada' : 'cleo'}`);
    await accept(author, proved);
  });
  const key = await effect(bob, ada);
  await effect(bob, ada, ends(key));
  await effect(bob, cleo);
  await deliver(bob);
  assert.deepEqual(told.splice(0), ['no', 'put cleo']);
  for (const wait of [1000, 2000, 4000]) {
    assert.equal(waiting(bob)[0]!.next - trial.clock.ms, wait);
    trial.clock.ms += wait - 1;
    await deliver(bob);
    assert.deepEqual(told, [], 'not before its time');
    trial.clock.ms += 1;
    await deliver(bob);
    assert.deepEqual(told.splice(0), ['no']);
  }
  assert.equal(waiting(bob).length, 2);
  trial.clock.ms += 8000;
  works = true;
  await deliver(bob);
  assert.deepEqual([told, waiting(bob)], [['put ada', 'remove ada'], []]);
});

test('a refusal ends the effect', async () => {
  const { gate, people, outbox } = trial.house;
  const block = await gate.transact(ada, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: cleo.persona, relation: 'block', createdAt: 1 } }).key);
  await effect(cleo, ada);
  const { deliver, errors } = openOutbox(accept);
  await deliver(cleo);
  assert.deepEqual([errors.map((error) => (error as { code: string }).code), waiting(cleo)], [['denied'], []]);
  await people.follow(cleo, bob.persona);
  await outbox.idle();
  assert.ok(followers(bob).includes(cleo.persona));
  await gate.transact(ada, ada.persona, 'people', (tx) => tx.remove('links', block));
});

test('nobody follows in another\'s name, and an offer counts for its author and its owner alone', async () => {
  const before = followers(ada);
  await effect(bob, ada, { body: { persona: cleo.persona, relation: 'follower', createdAt: 1 } });
  const { deliver, errors } = openOutbox(accept);
  await deliver(bob);
  assert.deepEqual([errors.map((error) => (error as { code: string }).code), followers(ada)], [['bad_offer'], before]);
  const offers: ProvedOffer[] = [];
  const key = await effect(bob, cleo);
  await openOutbox(accept).deliver(bob);
  await effect(bob, cleo, ends(key));
  await effect(bob, ada);
  await openOutbox(async (_author, proved) => { offers.push(proved); }).deliver(bob);
  const [remove, put] = offers;
  await assert.rejects(trial.house.gate.transact(cleo, ada.persona, 'people', (tx) => tx.accept(put!)), { code: 'denied' }, 'put by somebody else');
  const there = followers(cleo);
  await assert.rejects(accept(ada.persona, remove!), { code: 'denied' }, 'taken up by somebody else');
  await assert.rejects(trial.house.gate.transact(bob, ada.persona, 'people', (tx) => tx.accept(remove!)), { code: 'denied' }, 'put before another owner');
  assert.deepEqual(followers(cleo), there);
});

test('however much waits for somebody who cannot be reached, nobody else waits for that', async () => {
  for (let n = 0; n < 120; n++) await effect(bob, ada);
  const key = await effect(bob, cleo);
  const taken: string[] = [];
  const { deliver } = openOutbox(async (_, { offer: { owner, key: of } }) => {
    if (owner === ada.persona) throw new Refusal('unavailable', 'pod_damaged', 'Not now.');
    taken.push(of);
  });
  await deliver(bob);
  assert.deepEqual(taken, [`${bob.persona}/${key}`]);
  trial.clock.ms += 2000;
  await openOutbox(async () => {}).deliver(bob);
  assert.deepEqual(waiting(bob), []);
});
