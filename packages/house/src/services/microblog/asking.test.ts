import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { makeOutbox, type Receive } from '../../outbox/outbox.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import type { NewPost, PostItem, Ref } from './types.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dee']);
after(() => trial.close());
const { ada, bob, cleo, dee } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dee', Person>;
const POLL = { options: ['tea', 'coffee', 'water'], minutes: 60, multiple: false };
const HOUR = 3_600_000;
const post = async (of: Person, more: Partial<NewPost> = {}) => {
  trial.clock.ms += 1000;
  const made = await trial.house.microblog.post(of, { text: 'words', audience: 'house', ...more });
  await trial.house.outbox.idle();
  return made;
};
const vote = async (of: Person, ref: Ref, ...choices: number[]) => {
  const answer = await trial.house.microblog.vote(of, { persona: ref.persona, key: ref.key }, choices);
  await trial.house.outbox.idle();
  return answer;
};
const seen = async (by: Person, ref: Ref): Promise<PostItem> =>
  (JSON.parse(await trial.house.microblog.thread(by, ref.persona, ref.key)) as { items: PostItem[] }).items.find(({ key }) => key === ref.key)!;
const records = (of: Person, collection: string) => trial.house.gate.reader(of, of.persona, 'microblog').list(collection);
const news = async (of: Person) => (JSON.parse(await trial.house.news.list(of, {})) as { items: { kind: string; post: PostItem }[] }).items.filter(({ kind }) => kind === 'poll').map(({ post: { key } }) => key);

test('votes are counted in the post, once per person, and are no new wording', async () => {
  const made = await post(ada, { poll: POLL });
  assert.deepEqual(made.body.poll, { options: POLL.options, until: trial.clock.ms + HOUR, multiple: false });
  await Promise.all([vote(bob, made, 1), vote(bob, made, 1), vote(cleo, made, 1), vote(dee, made, 0)]);
  const { body, voted } = await seen(bob, made);
  assert.deepEqual([body.poll!.counts, body.poll!.voters, voted, body.editedAt], [[1, 2, 0], 3, [1], undefined]);
  assert.deepEqual([await trial.house.microblog.versions(bob, made), (await seen(ada, made)).voted], [[], undefined]);
  await assert.rejects(vote(bob, made, 0), { code: 'voted_before' });
  assert.deepEqual((await vote(bob, made, 1)).voted, [1], 'the same again is the same vote');
  for (const one of [ada, cleo]) assert.equal(trial.house.gate.get(one, bob.persona, 'microblog', 'votes', records(bob, 'votes')[0]!.key), null);
  for (const one of [bob, cleo]) assert.equal(trial.house.gate.get(one, ada.persona, 'microblog', 'ballots', records(ada, 'ballots').find(({ author }) => author === dee.persona)!.key), null);
  await trial.house.microblog.edit(ada, made.key, { text: 'other words' });
  assert.deepEqual((await seen(bob, made)).body.poll!.counts, [1, 2, 0]);
  await assert.rejects(trial.house.microblog.edit(ada, made.key, { text: 'other', poll: POLL }), { code: 'poll_fixed' });
  await trial.house.microblog.remove(ada, made.key);
  assert.deepEqual(records(ada, 'ballots'), []);
});

test('the author alone is told who voted what: nobody from whom a block parts them, but how many they are', async () => {
  const made = await post(ada, { poll: { ...POLL, multiple: true } });
  for (const [who, ...choices] of [[bob, 1], [cleo, 0, 2], [dee, 1]] as const) await vote(who, made, ...choices);
  const told = async (by: Person, ref: Ref = made) => {
    const { votes, more } = JSON.parse(await trial.house.microblog.votesOf(by, { persona: ref.persona, key: ref.key })) as { votes: { by: { handle: string }; choices: number[] }[]; more: number };
    return [...votes.map(({ by: { handle }, choices }) => `${handle} ${choices.join()}`), more];
  };
  assert.deepEqual(await told(ada), ['bob 1', 'cleo 0,2', 'dee 1', 0]);
  for (const one of [bob, cleo]) await assert.rejects(told(one), { code: 'post_unknown' });
  await assert.rejects(told(bob, { persona: bob.persona, key: made.key }), { code: 'post_unknown' });
  await assert.rejects(told(ada, await post(ada)), { code: 'no_poll' });
  await trial.house.people.block(dee, ada.persona);
  assert.deepEqual(await told(ada), ['bob 1', 'cleo 0,2', 1]);
  await trial.house.people.unblock(dee, ada.persona);
  await trial.house.microblog.remove(ada, made.key);
  await assert.rejects(told(ada), { code: 'post_unknown' });
});

test('what is no vote is refused, each with its reason', async () => {
  const made = await post(ada, { poll: { ...POLL, multiple: true } });
  for (const choices of [[], [3], [-1], [0.5], [1, 1]]) await assert.rejects(vote(bob, made, ...choices), { code: 'bad_choice' });
  assert.deepEqual((await vote(bob, made, 2, 0)).voted, [0, 2]);
  await assert.rejects(vote(ada, made, 0), { code: 'vote_self' });
  const plain = await post(ada);
  await assert.rejects(vote(bob, plain, 0), { code: 'no_poll' });
  const one = await post(ada, { poll: POLL });
  await assert.rejects(vote(bob, one, 0, 1), { code: 'bad_choice' });
  await trial.house.people.block(ada, bob.persona);
  await assert.rejects(vote(bob, one, 0), { code: 'post_unknown' });
  await trial.house.people.unblock(ada, bob.persona);
  await vote(cleo, one, 0);
  trial.clock.ms += HOUR;
  await assert.rejects(vote(dee, one, 0), { code: 'poll_over' });
  assert.deepEqual((await vote(cleo, one, 0)).body.poll!.counts, [1, 0, 0], 'a late retry of what was in time');
  for (const poll of [{ ...POLL, options: ['a'] }, { ...POLL, options: ['a', ' a '] }, { ...POLL, options: ['a', ' '] }, { ...POLL, options: [...'abcdefghi'] }, { ...POLL, options: ['a', 'b'.repeat(81)] },
    { ...POLL, minutes: 4 }, { ...POLL, minutes: 43_201 }, { ...POLL, minutes: 5.5 }]) await assert.rejects(post(ada, { poll }), { code: 'bad_poll' });
});

test('that a poll has ended is news for who asked and who voted, from that moment on', async () => {
  const made = await post(ada, { poll: POLL });
  await vote(bob, made, 0);
  await trial.house.views.ask((views) => { views.news.passTime(); });
  assert.deepEqual([await news(ada), await news(bob)].flat().filter((key) => key === made.key), []);
  const poked: string[] = [];
  const ends = [ada, bob, cleo].map((one) => trial.house.news.live(one, () => { poked.push(one.persona); }));
  await trial.house.views.ask(() => {});
  await new Promise(setImmediate);
  trial.clock.ms += HOUR;
  await trial.house.views.ask((views) => { views.news.passTime(); });
  for (let turn = 0; turn < 20; turn++) { await trial.house.views.ask(() => {}); await new Promise(setImmediate); }
  for (const end of ends) end();
  assert.deepEqual(poked.toSorted(), [ada.persona, bob.persona].toSorted());
  assert.deepEqual([(await news(ada))[0], (await news(bob))[0], await news(dee)], [made.key, made.key, []]);
  await trial.house.views.reindex(() => {});
  assert.deepEqual([(await news(ada))[0], (await news(bob))[0]], [made.key, made.key]);
  await trial.house.microblog.remove(ada, made.key);
  assert.ok(!(await news(bob)).includes(made.key));
});

test('whatever is repeated, lost, late or forged by hand: nobody is counted twice, and the numbers are those of the ballots', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ who: fc.constantFrom(bob, cleo, dee), choice: fc.nat(2), how: fc.constantFrom('vote', 'vote', 'twice', 'forge', 'lost') }), { maxLength: 10 }), async (steps) => {
    const made = await post(ada, { poll: POLL });
    const due = new Map<string, number>();
    for (const { who, choice, how } of steps) {
      const may = !due.has(who.persona);
      const counts = (work: Promise<unknown>) => work.then(() => { if (may) due.set(who.persona, choice); }, (error: { code: string }) => { assert.ok(['voted_before', 'denied', 'not_found', 'bad_request'].includes(error.code), error.code); });
      if (how === 'vote') await counts(vote(who, made, choice));
      if (how === 'twice') await counts(Promise.all([vote(who, made, choice), vote(who, made, choice)]));
      if (how === 'forge') {
        await counts(trial.house.gate.data.put(who, { persona: ada.persona, service: 'microblog', collection: 'ballots' }, { items: [{ body: { post: made.key, choices: [choice], createdAt: 1 } as never }] }));
        // Their own record says nothing of it: a later vote of theirs is refused by the one who counts.
      }
      if (how === 'lost' && may) {
        const { outbox } = trial.house;
        await outbox.idle();
        await counts(lostOnce(who, made, choice));
      }
      await trial.house.outbox.idle();
    }
    const { poll } = (await seen(ada, made)).body;
    const want = [0, 1, 2].map((choice) => [...due.values()].filter((one) => one === choice).length);
    assert.deepEqual([poll!.counts ?? [0, 0, 0], poll!.voters ?? 0], [want, due.size]);
  }), { numRuns: 25, seed: 5 });
  assert.deepEqual(trial.errors.splice(0).map((error) => (error as { code?: string }).code).filter((code) => code !== 'voted_before'), []);
});

/** A vote whose delivery is answered by silence the first time, and done again. */
async function lostOnce(who: Person, made: Ref, choice: number): Promise<void> {
  const { firewall, household, microblog } = trial.house;
  let lost = 0;
  const receive: Receive = async (author, proved) => {
    await microblog.acceptBallot({ kind: 'owner', persona: author }, proved);
    if (lost++ === 0) await microblog.acceptBallot({ kind: 'owner', persona: author }, proved);
  };
  const beside = makeOutbox({ store: firewall.outbox, now: () => trial.clock.ms, receivers: new Map([['microblog/ballots', receive]]), onError: () => {} });
  await microblog.vote(who, { persona: made.persona, key: made.key }, [choice]);
  beside.wake(household.personOf(who.persona)!.pod);
  await beside.idle();
  await beside.close();
}

test('a thread is written in one go, part by part, once; or nothing of it is', async () => {
  const { microblog } = trial.house;
  const wanted = { posts: [{ text: 'one @bob' }, { text: 'two', warning: 'careful' }, { text: 'three' }], audience: 'house', poll: POLL, lang: 'en', idempotencyKey: 'k1' };
  const { items } = await microblog.postThread(ada, wanted);
  const [one, two, three] = items;
  assert.deepEqual(items.map(({ body }) => body.part), [{ at: 1, of: 3 }, { at: 2, of: 3 }, { at: 3, of: 3 }]);
  assert.deepEqual([one!.body.replyTo, two!.body.replyTo, three!.body.replyTo?.key, three!.body.root?.key], [undefined, { persona: ada.persona, key: one!.key }, two!.key, one!.key]);
  assert.deepEqual([one!.body.poll, three!.body.poll?.options, two!.body.warning, one!.body.mentions], [undefined, POLL.options, 'careful', [bob.persona]]);
  const again = await microblog.postThread(ada, wanted);
  assert.deepEqual(again.items.map(({ key }) => key), items.map(({ key }) => key));
  assert.deepEqual((JSON.parse(await microblog.thread(bob, ada.persona, three!.key)) as { items: PostItem[] }).items.map(({ body }) => body.text), ['one @bob', 'two', 'three']);
  await assert.rejects(microblog.postThread(ada, { ...wanted, lang: 'de' }), { code: 'key_reused' });
  const before = records(ada, 'posts').length;
  await assert.rejects(microblog.postThread(ada, { posts: [{ text: 'good' }, { text: ' ' }], audience: 'house' }), { code: 'bad_text', field: '/posts/1/text' });
  await assert.rejects(microblog.postThread(ada, { posts: [{ text: 'good' }, { text: 'no such', images: [{ full: 'A'.repeat(43), width: 1, height: 1 }] }], audience: 'house' }), { code: 'image_unknown' });
  for (const count of [1, 26]) await assert.rejects(microblog.postThread(ada, { posts: Array.from({ length: count }, () => ({ text: 'x' })), audience: 'house' }), { code: 'bad_thread' });
  assert.equal(records(ada, 'posts').length, before);
});

test('a thread under a post for few is handed over part by part, and has words alone', async () => {
  await trial.house.people.follow(bob, ada.persona);
  await trial.house.people.follow(cleo, ada.persona);
  await trial.house.outbox.idle();
  const few = await post(ada, { audience: 'followers' });
  const replyTo = { persona: ada.persona, key: few.key };
  trial.clock.ms += 1000;
  const { items } = await trial.house.microblog.postThread(bob, { posts: [{ text: 'a', warning: 'hm' }, { text: 'b @cleo' }], audience: 'only-me', replyTo });
  await trial.house.outbox.idle();
  assert.deepEqual(items.map(({ keptBy, audience }) => [keptBy, audience]), [[ada.persona, 'followers'], [ada.persona, 'followers']]);
  const heard = (JSON.parse(await trial.house.microblog.thread(cleo, ada.persona, few.key)) as { items: PostItem[] }).items.map(({ body }) => [body.text, body.warning, body.mentions?.length]);
  assert.deepEqual(heard.slice(1), [['a', 'hm', undefined], ['b @cleo', undefined, 1]]);
  assert.equal((JSON.parse(await trial.house.news.list(cleo, { kinds: ['mention'] })) as { items: unknown[] }).items.length, 1);
  for (const more of [{ poll: POLL }, { quote: { persona: bob.persona, key: (await post(bob)).key } }, { images: [{ full: 'A'.repeat(43), width: 1, height: 1 }] }]) {
    await assert.rejects(post(bob, { audience: 'only-me', replyTo, ...more }), { code: 'few_words_only' });
  }
});

test('warnings and pictures: what is neither is refused, and both have a history', async () => {
  const { microblog, gate } = trial.house;
  for (const more of [{ text: ' ' }, { warning: ' ' }, { warning: 'x'.repeat(201) }, { text: '\ud800' }]) await assert.rejects(post(ada, more), { code: 'bad_text' });
  await assert.rejects(post(ada, { text: '', images: [{ full: 'A'.repeat(43), width: 1, height: 1 }] }), { code: 'image_unknown', field: '/images' });
  const { blob } = await gate.blobs.receive(ada, { persona: ada.persona, service: 'microblog' }, (async function* () { yield Buffer.from('a picture'); })() as never);
  const image = { full: blob, width: 4, height: 3, alt: 'a boat' };
  const made = await post(ada, { text: '', images: [image], warning: 'water' });
  await assert.rejects(post(bob, { images: [image] }), { code: 'image_unknown' });
  assert.deepEqual([made.body.images, made.body.warning], [[image], 'water']);
  assert.deepEqual((await microblog.edit(ada, made.key, { text: 'a boat' })).body.images, [image]);
  const bare = await microblog.edit(ada, made.key, { text: 'a boat', images: [], warning: null });
  assert.deepEqual([bare.body.images, bare.body.warning], [undefined, undefined]);
  await assert.rejects(microblog.edit(ada, made.key, { text: ' ' }), { code: 'bad_text' });
  const versions = await microblog.versions(bob, made);
  assert.deepEqual(versions.map(({ text, images, warning }) => [text, images?.length, warning]), [['a boat', 1, 'water'], ['', 1, 'water']]);
  assert.ok(gate.blobs.find(bob, { persona: ada.persona, service: 'microblog', collection: 'post_versions', key: versions[0]!.key }, blob), 'the earlier picture is read beside the earlier words');
  assert.equal(gate.blobs.find(bob, { persona: ada.persona, service: 'microblog', collection: 'posts', key: made.key }, blob), null);
  await microblog.forget(ada, made.key);
  assert.equal(gate.blobs.find(ada, { persona: ada.persona, service: 'microblog', collection: 'post_versions', key: versions[0]!.key }, blob), null);
});

test('pins: five, of what is for the house or for everyone, and nothing stays pinned that is not', async () => {
  const { microblog, gate } = trial.house;
  const pinsSeenBy = (of: Parameters<typeof gate.get>[0]) => { const found = gate.get(of, ada.persona, 'microblog', 'pins', 'self'); return found === null ? null : (JSON.parse(found) as { body: { posts: string[] } }).body.posts; };
  const posts: PostItem[] = [];
  for (let i = 0; i < 6; i++) posts.push(await post(ada, { audience: 'everyone', text: `pin ${i}` }));
  for (const { key } of posts.slice(0, 5)) await microblog.pin(ada, key);
  await assert.rejects(microblog.pin(ada, posts[5]!.key), { code: 'pin_full' });
  assert.deepEqual(pinsSeenBy({ kind: 'anyone' }), posts.slice(0, 5).map(({ key }) => key).reverse());
  await microblog.setAudience(ada, posts[0]!.key, 'house');
  assert.deepEqual([pinsSeenBy({ kind: 'anyone' }), pinsSeenBy(bob)?.length], [null, 5], 'to whom a post is not shown its name is not told');
  await microblog.setAudience(ada, posts[0]!.key, 'close');
  await microblog.remove(ada, posts[1]!.key);
  assert.deepEqual(pinsSeenBy({ kind: 'anyone' }), [posts[4]!.key, posts[3]!.key, posts[2]!.key]);
  await assert.rejects(microblog.pin(ada, posts[0]!.key), { code: 'pin_narrow' });
  await assert.rejects(microblog.pin(bob, posts[2]!.key), { code: 'post_unknown' });
  const page = JSON.parse(await microblog.byPersona(bob, ada.persona, { first: 4 })) as { items: PostItem[]; next: string };
  assert.deepEqual(page.items.slice(0, 3).map(({ key, pinned }) => [key, pinned]), [4, 3, 2].map((i) => [posts[i]!.key, true]));
  const keys = page.items.map(({ key }) => key);
  for (let next: string | null = page.next; next !== null;) {
    const more: { items: PostItem[]; next: string | null } = JSON.parse(await microblog.byPersona(bob, ada.persona, { first: 4, before: next })) as never;
    keys.push(...more.items.map(({ key }) => key));
    next = more.next;
  }
  assert.equal(new Set(keys).size, keys.length, 'each once');
  for (const { key } of posts.slice(2, 5)) await microblog.unpin(ada, key);
  assert.deepEqual([await microblog.unpin(ada, posts[2]!.key), pinsSeenBy(ada)], [{ pinned: [] }, null]);
});
