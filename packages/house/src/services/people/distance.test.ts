import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openTrialHouse, type Person } from '../../testing/house.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;
const { people, microblog, outbox, gate } = trial.house;
const links = (of: Person, collection: string) => gate.reader(of, of.persona, 'people')!.list(collection).map(({ body }) => JSON.parse(body) as { persona: string; relation: string });
const NOBODY = `c${'q'.repeat(52)}`;

test('a block ends what each pod of the blocker says of following, in one write, and leaves the other their own', async () => {
  await people.follow(ada, bob.persona);
  await people.follow(bob, ada.persona);
  await outbox.idle();
  const entries = () => [...trial.house.firewall.exportOf(ada.persona)!].map((line) => JSON.parse(line) as { sig?: string; type: string }).filter(({ type, sig }) => type === 'entry' && sig).length;
  const signed = entries();
  await Promise.all([people.block(ada, bob.persona), people.block(ada, bob.persona)]);
  assert.deepEqual([links(ada, 'links'), links(ada, 'followers')].map((list) => list.map(({ relation }) => relation)), [['block'], []]);
  assert.equal(entries() - signed, 2, 'one signature a lane: one transaction');
  assert.deepEqual(links(bob, 'links').map(({ relation }) => relation), ['follow']);
  for (const [one, other] of [[ada, 'bob'], [bob, 'ada']] as const) {
    assert.throws(() => people.profile(one, other), { code: 'person_unknown' });
    assert.ok(people.list(one).every(({ handle }) => handle !== other));
  }
  await assert.rejects(people.follow(bob, ada.persona), { code: 'person_unknown' });
  await people.unblock(ada, bob.persona);
  await outbox.idle();
  assert.equal(people.profile(ada, 'bob').followsYou, false);
  assert.deepEqual(links(bob, 'followers'), [], 'their pod has heard that they are not followed any more');
});

test('nobody learns from the answer who exists; oneself and what is no persona cannot be blocked or muted', async () => {
  assert.deepEqual([await people.block(cleo, NOBODY), await people.mute(cleo, NOBODY, {})], [{ blocked: true }, { muted: true, until: null }]);
  assert.deepEqual(people.blocked(cleo).blocked.map(({ persona }) => persona), [NOBODY]);
  assert.deepEqual([await people.unblock(cleo, NOBODY), await people.unmute(cleo, NOBODY)], [{ blocked: false }, { muted: false, until: null }]);
  await assert.rejects(people.block(cleo, cleo.persona), { code: 'block_self' });
  await assert.rejects(people.mute(cleo, cleo.persona, {}), { code: 'mute_self' });
  await assert.rejects(people.mute(cleo, 'ada', {}), { code: 'person_unknown' });
  await assert.rejects(people.mute(cleo, ada.persona, { until: trial.clock.ms }), { code: 'bad_until', field: '/until' });
});

test('muting again changes the time; a mute is kept by the one who mutes alone, and ends by itself', async () => {
  await people.mute(ada, cleo.persona, { until: trial.clock.ms + 1000 });
  await people.mute(ada, cleo.persona, { until: trial.clock.ms + 5000 });
  assert.deepEqual(people.blocked(ada).muted.map(({ handle, until }) => [handle, until]), [['cleo', trial.clock.ms + 5000]]);
  assert.deepEqual([people.profile(ada, 'cleo').mutedUntil, people.profile(cleo, 'ada').muted], [trial.clock.ms + 5000, false]);
  assert.equal(links(cleo, 'followers').length + links(cleo, 'links').length, 0);
  await people.mute(ada, cleo.persona, {});
  trial.clock.ms += 10_000_000;
  assert.deepEqual([people.profile(ada, 'cleo').muted, people.profile(ada, 'cleo').mutedUntil], [true, null]);
  await people.unmute(ada, cleo.persona);
  assert.deepEqual([people.profile(ada, 'cleo').muted, links(ada, 'links')], [false, []]);
});

test('live: nothing written by whom one muted, and nothing either way across a block', async () => {
  const heard: string[] = [];
  const ends = [ada, bob].map((one, i) => microblog.live(one, ({ type, data }) => { if (type === 'post') heard.push(`${i ? 'bob' : 'ada'}: ${(JSON.parse(data) as { item: { body: { text: string } } }).item.body.text}`); }));
  const say = async (of: Person, text: string) => { await microblog.post(of, { text, audience: 'everyone' }); await trial.house.views.ask(() => {}); };
  await people.mute(ada, bob.persona, {});
  await say(bob, 'muted');
  await people.unmute(ada, bob.persona);
  await people.block(bob, ada.persona);
  await say(bob, 'blocker');
  await say(ada, 'blocked');
  await people.unblock(bob, ada.persona);
  await say(bob, 'back');
  await new Promise(setImmediate);
  assert.deepEqual(heard, ['bob: muted', 'bob: blocker', 'ada: blocked', 'ada: back', 'bob: back']);
  for (const end of ends) end();
});
