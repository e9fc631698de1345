import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { openTrialHouse, type Person } from '../../../testing/house.ts';
import type { Draft } from './types.ts';

const DAY = 86_400_000;
const newKey = (): string => randomBytes(16).toString('base64url');

async function open(t: TestContext) {
  const trial = await openTrialHouse(['ada', 'bob']);
  t.after(() => trial.close());
  const { ada, bob } = trial.people as { ada: Person; bob: Person };
  const pods = () => [trial.house.household.byHandle('ada')!.pod];
  return {
    trial, ada, bob,
    send: async (text: string) => (await trial.house.gate.blobs.receive(ada, { persona: ada.persona, service: 'microblog' }, [Buffer.from(text)])).blob,
    find: (collection: string, key: string, blob: string, who = ada) => trial.house.gate.blobs.find(who, { persona: ada.persona, service: 'microblog', collection, key }, blob) !== null,
    /** Two days go by, and what nothing names is swept. */
    twoDays: async () => { trial.clock.ms += 2 * DAY; await trial.house.firewall.sweepBlobs(pods()); },
  };
}

const saying = (text: string, more: Partial<Draft> = {}): Draft => ({ parts: [{ text }], audience: 'house', ...more });
const picture = (full: string) => ({ full, width: 8, height: 6, alt: 'The sea' });

test('drafts are kept for their writer alone, the one changed last first, and survive the house', async (t) => {
  const { trial, ada, bob } = await open(t);
  const [one, two] = [newKey(), newKey()];
  await trial.house.later.keepDraft(ada, one, saying('', { replyTo: { persona: bob.persona, key: newKey() } }));
  trial.clock.ms += 5;
  await trial.house.later.keepDraft(ada, two, { parts: [{ text: 'First' }, { text: 'x'.repeat(3000), warning: 'long' }], audience: 'close', poll: { options: ['', ''], minutes: 60, multiple: true } });
  trial.clock.ms += 5;
  await trial.house.later.keepDraft(ada, one, saying('Now with words'));
  await trial.shut();
  await trial.open();
  assert.deepEqual(trial.house.later.drafts(ada).map(({ key, parts }) => [key, parts.length]), [[one, 1], [two, 2]]);
  assert.deepEqual(trial.house.later.drafts(bob), []);
  assert.equal(trial.house.gate.get(bob, ada.persona, 'microblog', 'drafts', one), null);
  await trial.house.later.dropDraft(bob, one);
  await trial.house.later.dropDraft(ada, two);
  await trial.house.later.dropDraft(ada, two);
  assert.deepEqual(trial.house.later.drafts(ada).map(({ key }) => key), [one]);
  for (const key of ['self', 'short', `${one}A`]) await assert.rejects(trial.house.later.keepDraft(ada, key, saying('x')), { code: 'bad_key' });
});

test('pictures of drafts and of what waits stay for their writer, and go with the last that names them', async (t) => {
  const { trial, ada, bob, send, find, twoDays } = await open(t);
  const { later } = trial.house;
  const [sea, hill] = [await send('sea'), await send('hill')];
  const key = newKey();
  await later.keepDraft(ada, key, { parts: [{ text: '', images: [picture(sea)] }, { text: '', images: [picture(hill)] }], audience: 'house' });
  const waiting = await later.schedule(ada, { parts: [{ text: '', images: [picture(hill)] }], audience: 'house', due: trial.clock.ms + 9 * DAY });
  await twoDays();
  assert.deepEqual([find('drafts', key, sea), find('drafts', key, hill), find('scheduled', waiting.key, hill)], [true, true, true]);
  assert.equal(find('drafts', key, sea, bob), false);
  await assert.rejects(later.keepDraft(bob, newKey(), { parts: [{ text: '', images: [picture(sea)] }], audience: 'house' }), { code: 'blob_unknown' });
  await later.dropDraft(ada, key);
  await assert.rejects(later.keepDraft(ada, key, { parts: [{ text: '', images: [picture(sea)] }], audience: 'house' }), { code: 'blob_unknown' }, 'the bytes went with the draft');
  assert.equal(find('scheduled', waiting.key, hill), true);
  await later.unschedule(ada, waiting.key);
  await assert.rejects(later.keepDraft(ada, key, { parts: [{ text: '', images: [picture(hill)] }], audience: 'house' }), { code: 'blob_unknown' });
  assert.deepEqual([later.drafts(ada), later.scheduled(ada), trial.errors], [[], [], []]);
});

test('pictures of earlier wordings are there as long as these, and forgetting erases the bytes', async (t) => {
  const { trial, ada, bob, send, find, twoDays } = await open(t);
  const { gate, microblog } = trial.house;
  const [before, after] = [await send('before'), await send('after')];
  const posts = { persona: ada.persona, service: 'microblog', collection: 'posts' }, versions = { ...posts, collection: 'post_versions' };
  const [{ key }] = (await gate.data.put(ada, posts, { items: [{ body: { text: 'Look', createdAt: 1, images: [picture(after)] } }] })).items as [{ key: string }];
  const [{ key: version }] = (await gate.data.put(ada, versions, { items: [{ body: { post: key, text: 'Look', at: 1, images: [picture(before)] } }] })).items as [{ key: string }];
  await twoDays();
  assert.deepEqual([find('post_versions', version, before, bob), find('posts', key, after, bob), find('posts', key, before, bob)], [true, true, false]);
  await microblog.forget(ada, key);
  assert.deepEqual([find('post_versions', version, before), find('posts', key, after)], [false, true]);
  await assert.rejects(trial.house.later.keepDraft(ada, newKey(), { parts: [{ text: '', images: [picture(before)] }], audience: 'house' }), { code: 'blob_unknown' });
  await microblog.remove(ada, key);
  await assert.rejects(trial.house.later.keepDraft(ada, newKey(), { parts: [{ text: '', images: [picture(after)] }], audience: 'house' }), { code: 'blob_unknown' });
});

test('what is scheduled is checked, made once, changed and taken back', async (t) => {
  const { trial, ada, bob } = await open(t);
  const { later } = trial.house;
  const due = trial.clock.ms + DAY;
  const heard: unknown[] = [];
  later.live(ada, ({ type, data }) => heard.push([type, (JSON.parse(data) as { state: string }).state]));
  const made = await later.schedule(ada, { ...saying('Tomorrow'), due }, 'key-1');
  assert.deepEqual(await later.schedule(ada, { ...saying('Tomorrow'), due }, 'key-1'), made);
  await assert.rejects(later.schedule(ada, { ...saying('Other words'), due }, 'key-1'), { code: 'key_reused' });
  for (const bad of [trial.clock.ms, 0, trial.clock.ms + 400 * DAY]) await assert.rejects(later.schedule(ada, { ...saying('x'), due: bad }), { code: 'bad_due' });
  await assert.rejects(later.schedule(ada, { ...saying('  '), due }), { code: 'bad_text', field: '/parts/0/text' });
  await assert.rejects(later.schedule(ada, { parts: [{ text: 'fine' }, { text: 'x'.repeat(501) }], audience: 'house', due }), { code: 'bad_text', field: '/parts/1/text' });
  const changed = await later.reschedule(ada, made.key, { ...saying('The day after'), due: due + DAY });
  assert.deepEqual([changed.createdAt, changed.due, later.scheduled(ada).length], [made.createdAt, due + DAY, 1]);
  await assert.rejects(later.reschedule(bob, made.key, { ...saying('Mine'), due }), { code: 'scheduled_unknown' });
  await later.unschedule(bob, made.key);
  await later.unschedule(ada, made.key);
  await assert.rejects(later.schedule(ada, { ...saying('Tomorrow'), due }, 'key-1'), { code: 'scheduled_unknown' });
  assert.deepEqual([later.scheduled(ada), heard], [[], [['scheduled', 'waiting'], ['scheduled', 'waiting'], ['scheduled', 'gone']]]);
});

test('what is due is posted once, with its pictures, in the name of its writer; threads in one go', async (t) => {
  const { trial, ada, bob, send, find } = await open(t);
  const { later } = trial.house;
  const sea = await send('sea');
  const due = trial.clock.ms + 3_600_000;
  const { key } = await later.schedule(ada, { parts: [{ text: 'One', images: [picture(sea)], warning: '' }, { text: 'Two' }], audience: 'everyone', lang: 'en', poll: { options: ['a', 'b'], minutes: 60, multiple: false }, due });
  await later.due.round();
  assert.equal(later.scheduled(ada).length, 1, 'not before its time');
  trial.clock.ms = due;
  await Promise.all([later.due.round(), later.due.round(), later.postNow(ada, key).catch(({ code }: { code: string }) => code)]);
  const texts = async (who: Person) => (JSON.parse(await trial.house.microblog.byPersona(who, ada.persona, { first: 10, replies: true })) as { items: { key: string; body: { text: string; images?: object[]; part?: object; poll?: { until: number } } }[] }).items;
  const items = await texts(bob);
  assert.deepEqual(items.map(({ body }) => body.text), ['Two', 'One']);
  assert.deepEqual([items[0]!.body.poll!.until, items[1]!.body.images, items[1]!.body.part], [due + 3_600_000, [picture(sea)], { at: 1, of: 2 }]);
  assert.deepEqual([later.scheduled(ada), find('posts', items[1]!.key, sea, bob)], [[], true]);
  await trial.shut();
  await trial.open();
  await trial.house.later.due.round();
  assert.equal((await texts(bob)).length, 2);
  assert.deepEqual(trial.errors, []);
});

test('what cannot be posted waits with the reason, until it is changed; what was taken back in time is not posted', async (t) => {
  const { trial, ada, bob } = await open(t);
  const { later, microblog } = trial.house;
  const due = trial.clock.ms + 60_000;
  const post = await microblog.post(bob, { text: 'A question', audience: 'house' });
  const answer = await later.schedule(ada, { ...saying('An answer', { replyTo: { persona: bob.persona, key: post.key } }), due });
  const gone = await later.schedule(ada, { ...saying('Never mind'), due });
  await microblog.remove(bob, post.key);
  await later.unschedule(ada, gone.key);
  await assert.rejects(later.postNow(ada, answer.key), { code: 'post_unknown' });
  assert.equal(later.scheduled(ada)[0]!.failed, undefined, 'whoever asked was told');
  trial.clock.ms = due + 1;
  await later.due.round();
  await later.due.round();
  assert.deepEqual(later.scheduled(ada).map(({ key, failed }) => [key, failed]), [[answer.key, 'post_unknown']]);
  const again = await later.reschedule(ada, answer.key, { ...saying('To nobody, then'), due: due + 60_000 });
  assert.equal(again.failed, undefined);
  // A clock that jumps back waits again; one that jumps forward posts at once.
  trial.clock.ms = due - 3_600_000;
  await later.due.round();
  assert.equal(later.scheduled(ada).length, 1);
  trial.clock.ms = due + DAY;
  await later.due.round();
  assert.deepEqual([later.scheduled(ada), trial.errors], [[], []]);
});

test('one that is changed while it is being posted is not posted as it was', async (t) => {
  const { trial, ada } = await open(t);
  const { later } = trial.house;
  const { key } = await later.schedule(ada, { ...saying('First thought'), due: trial.clock.ms + DAY });
  const posting = later.postNow(ada, key);
  const changing = later.reschedule(ada, key, { ...saying('Second thought'), due: trial.clock.ms + DAY });
  const outcomes = await Promise.allSettled([posting, changing]);
  const [item] = (JSON.parse(await trial.house.microblog.byPersona(ada, ada.persona, { first: 10, replies: true })) as { items: { body: { text: string } }[] }).items;
  if (outcomes[0].status === 'fulfilled') assert.deepEqual([item!.body.text, outcomes[1].status, later.scheduled(ada)], ['First thought', 'rejected', []]);
  else assert.deepEqual([(outcomes[0].reason as { code: string }).code, item, later.scheduled(ada).length], ['scheduled_changed', undefined, 1]);
});
