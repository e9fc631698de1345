import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { makeOutbox, type Receive } from '../../outbox/outbox.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;
const settled = () => trial.house.outbox.idle();
const said = (of: Person, collection: string) => trial.house.gate.reader(of, of.persona, 'people')!.list(collection).map(({ body }) => JSON.parse(body) as { persona: string; relation?: string });
const lock = (of: Person, locked: boolean) => trial.house.people.setProfile(of, { name: 'Ada', locked });
const follower = () => trial.house.people.followers(ada).map(({ handle, close }) => handle + (close ? ' close' : ''));
const asking = () => trial.house.people.requests(ada).map(({ handle }) => handle);
const bonds = (of: Person, to: string) => { const { follows, asked, followsYou, close } = trial.house.people.profile(of, to); return { follows, asked, followsYou, close }; };
const news = async (of: Person) => (JSON.parse(await trial.house.news.list(of, {})) as { items: { kind: string; who: string[] }[] }).items
  .map(({ kind, who }) => `${kind} ${Object.entries(trial.people).find(([, { persona }]) => persona === who[0])![0]}`);
const NONE = { follows: false, asked: false, followsYou: false, close: false };

beforeEach(async () => {
  const { people } = trial.house;
  for (const one of [bob, cleo]) {
    await people.unblock(ada, one.persona);
    await people.unblock(one, ada.persona);
    await people.unfollow(one, ada.persona);
    await people.unfollow(ada, one.persona);
    await people.notClose(ada, one.persona);
  }
  await lock(ada, true);
  await settled();
  assert.deepEqual([follower(), asking(), bonds(bob, 'ada'), trial.errors], [[], [], NONE, []]);
});

test('who follows somebody locked asks and waits; accepted, both pods know, and each is told', async () => {
  const { people } = trial.house;
  assert.deepEqual(await people.follow(bob, ada.persona), { follows: false, asked: true });
  assert.deepEqual(await people.follow(bob, ada.persona), { follows: false, asked: true });
  await settled();
  assert.deepEqual([asking(), follower(), bonds(bob, 'ada'), await news(ada)], [['bob'], [], { ...NONE, asked: true }, ['request bob']]);
  assert.equal(people.profile(bob, 'ada').locked, true);
  assert.deepEqual(await people.accept(ada, bob.persona), { accepted: true });
  assert.deepEqual([follower(), asking()], [['bob'], []]);
  await settled();
  assert.deepEqual([bonds(bob, 'ada'), bonds(ada, 'bob'), await news(ada), await news(bob)], [{ ...NONE, follows: true }, { ...NONE, followsYou: true }, [], ['accepted ada']]);
  assert.deepEqual(await people.accept(ada, bob.persona), { accepted: true }, 'twice is once');
  await people.unfollow(bob, ada.persona);
  await settled();
  assert.deepEqual([follower(), bonds(bob, 'ada'), await news(bob)], [[], NONE, []]);
});

test('declined in silence; taken back; asked anew', async () => {
  const { people } = trial.house;
  await people.follow(bob, ada.persona);
  await settled();
  await people.decline(ada, bob.persona);
  await settled();
  assert.deepEqual([asking(), bonds(bob, 'ada'), await news(bob)], [[], { ...NONE, asked: true }, []]);
  await assert.rejects(people.accept(ada, bob.persona), { code: 'request_unknown' });
  await people.unfollow(bob, ada.persona);
  await people.follow(bob, ada.persona);
  await settled();
  assert.deepEqual(asking(), ['bob']);
  await people.unfollow(bob, ada.persona);
  await settled();
  assert.deepEqual([asking(), bonds(bob, 'ada')], [[], NONE]);
});

test('accepted and taken back at once: nobody follows', async () => {
  const { people } = trial.house;
  await people.follow(bob, ada.persona);
  await settled();
  await Promise.all([people.accept(ada, bob.persona), people.unfollow(bob, ada.persona)]);
  await settled();
  assert.deepEqual([follower(), bonds(bob, 'ada'), said(bob, 'accepted')], [[], NONE, []]);
  trial.errors.length = 0;
});

test('a lock that came or went while the offer was under way turns it', async () => {
  const { people } = trial.house;
  await lock(ada, false);
  await Promise.all([people.follow(bob, ada.persona), lock(ada, true)]);
  await settled();
  await settled();
  assert.deepEqual([asking(), follower(), bonds(bob, 'ada')], [['bob'], [], { ...NONE, asked: true }]);
  await Promise.all([people.follow(cleo, ada.persona), lock(ada, false)]);
  await settled();
  assert.deepEqual([follower(), bonds(cleo, 'ada').follows], [['cleo'], true]);
  assert.deepEqual(asking(), ['bob'], 'who waits goes on waiting when the lock is opened');
  assert.deepEqual(await people.follow(bob, ada.persona), { follows: true, asked: false }, 'and may follow now');
  await settled();
  assert.deepEqual([follower(), asking()], [['cleo', 'bob'], []]);
  assert.deepEqual(trial.errors.map((error) => (error as { code: string }).code), ['asks_first', 'no_need_to_ask']);
  trial.errors.length = 0;
});

test('a lock keeps those who follow, and lets in nobody who says so of themselves', async () => {
  const { people, gate, suite, household, firewall } = trial.house;
  await lock(ada, false);
  await people.follow(bob, ada.persona);
  await settled();
  await lock(ada, true);
  assert.deepEqual(follower(), ['bob']);
  const key = Buffer.from(suite.random(16)).toString('base64url');
  await gate.transact(cleo, cleo.persona, 'people', (tx) => tx.effect(ada.persona, { op: 'put', service: 'people', collection: 'followers', key, body: { persona: cleo.persona, relation: 'follower', createdAt: 1 } }));
  await gate.transact(cleo, cleo.persona, 'people', (tx) => tx.effect(bob.persona, { op: 'put', service: 'people', collection: 'accepted', key, body: { persona: cleo.persona, createdAt: 1 } }));
  for (const collection of ['asked', 'links', 'profile']) {
    await gate.transact(cleo, cleo.persona, 'people', (tx) => tx.effect(ada.persona, { op: 'put', service: 'people', collection, key, body: { persona: cleo.persona, relation: 'close', createdAt: 1 } }));
  }
  trial.house.outbox.wake(household.personOf(cleo.persona)!.pod);
  await settled();
  assert.deepEqual([follower(), said(ada, 'links'), said(bob, 'accepted'), firewall.relations.between(ada.persona, cleo.persona)], [['bob'], [], [], []]);
  assert.deepEqual(trial.errors.map((error) => (error as { code: string }).code), ['asks_first', 'not_asked']);
  trial.errors.length = 0;
});

test('a follower who is removed, and close people', async () => {
  const { people } = trial.house;
  await lock(ada, false);
  await people.follow(bob, ada.persona);
  await settled();
  assert.deepEqual(await people.close(ada, bob.persona), { close: true });
  assert.deepEqual([follower(), bonds(ada, 'bob').close, bonds(bob, 'ada').close], [['bob close'], true, false]);
  await people.removeFollower(ada, bob.persona);
  assert.deepEqual([follower(), bonds(ada, 'bob'), bonds(bob, 'ada').follows], [[], NONE, true], 'they are not told');
  await people.close(ada, cleo.persona);
  await people.removeFollower(ada, cleo.persona);
  assert.equal(bonds(ada, 'cleo').close, true, 'who did not follow stays close');
  await assert.rejects(people.close(ada, ada.persona), { code: 'close_self' });
  await assert.rejects(people.close(ada, `c${'q'.repeat(52)}`), { code: 'person_unknown' });
});

test('a block ends requests and everything else, both ways, for good', async () => {
  const { people } = trial.house;
  await people.follow(bob, ada.persona);
  await people.follow(ada, bob.persona);
  await people.close(ada, bob.persona);
  await people.close(bob, ada.persona);
  await settled();
  assert.deepEqual(asking(), ['bob']);
  for (const [blocker, blocked] of [[ada, bob], [bob, ada]] as const) {
    await people.block(blocker, blocked.persona);
    await settled();
    assert.deepEqual([asking(), follower()], [[], []]);
    await assert.rejects(people.accept(ada, bob.persona), { code: 'request_unknown' });
    await assert.rejects(people.close(ada, bob.persona), { code: 'person_unknown' });
    await people.unblock(blocker, blocked.persona);
    await settled();
    assert.deepEqual([bonds(bob, 'ada'), bonds(ada, 'bob'), follower(), asking()], [NONE, NONE, [], []], 'a follow does not outlive a block');
    await lock(ada, false);
    await people.follow(bob, ada.persona);
    await people.follow(ada, bob.persona);
    await settled();
    assert.deepEqual(follower(), ['bob'], 'and may be made again');
  }
  assert.deepEqual(trial.errors, []);
});

test('each step is told at least once and done once, across lost answers and a closed house', async () => {
  await trial.house.outbox.close();
  await trial.house.people.follow(bob, ada.persona);
  const lossy = (): { deliver(from: Person): Promise<void>; lost: string[] } => {
    const { people, firewall, household } = trial.house;
    const lost: string[] = [];
    const take = (receive: (author: { kind: 'owner'; persona: string }, proved: Parameters<Receive>[1]) => Promise<void>): Receive => async (author, proved) => {
      await receive({ kind: 'owner', persona: author }, proved);
      if (!lost.includes(proved.offer.collection)) { lost.push(proved.offer.collection); throw new TypeError('the answer was lost'); }
    };
    const outbox = makeOutbox({
      store: firewall.outbox, now: () => trial.clock.ms, onError: () => {},
      receivers: new Map([['people/requests', take(people.takeRequest)], ['people/accepted', take(people.takeAcceptance)], ['people/followers', take(people.takeFollower)]]),
    });
    return { lost, deliver: async (from) => { outbox.wake(household.personOf(from.persona)!.pod); await outbox.idle(); trial.clock.ms += 5000; await outbox.close(); } };
  };
  const reopened = async () => {
    await trial.shut();
    trial.clock.ms += 5000;
    await trial.open();
    await trial.house.views.ask(() => {});
    await new Promise(setImmediate);
    await settled();
  };
  const asks = lossy();
  await asks.deliver(bob);
  assert.deepEqual([asks.lost, asking(), trial.house.firewall.outbox.waiting(trial.house.household.personOf(bob.persona)!.pod).length], [['requests'], ['bob'], 1]);
  await reopened();
  assert.deepEqual([asking(), said(ada, 'requests').length], [['bob'], 1]);
  await trial.house.outbox.close();
  await trial.house.people.accept(ada, bob.persona);
  const accepts = lossy();
  await accepts.deliver(ada);
  assert.deepEqual([accepts.lost, bonds(bob, 'ada').follows], [['accepted'], true]);
  await reopened();
  assert.deepEqual([said(bob, 'accepted').length, said(bob, 'links').length, said(bob, 'asked'), follower()], [1, 1, [], ['bob']]);
  assert.deepEqual(trial.errors, []);
});

test('people hear live of what changed between them and others, each of their own', async () => {
  const { people } = trial.house;
  const heard = new Map<Person, string[]>();
  const ends = [ada, bob, cleo].map((one) => { heard.set(one, []); return people.live(one, ({ type, data }) => { heard.get(one)!.push(`${type} ${data}`); }); });
  await people.follow(bob, ada.persona);
  await settled();
  await new Promise(setImmediate);
  assert.deepEqual([heard.get(ada), heard.get(bob), heard.get(cleo)], [['people {"requests":1}'], ['people {"requests":0}'], []]);
  await people.accept(ada, bob.persona);
  await settled();
  await new Promise(setImmediate);
  assert.equal(heard.get(ada)!.at(-1), 'people {"requests":0}');
  assert.deepEqual(heard.get(cleo), []);
  for (const end of ends) end();
});
