import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import { faceOf } from '../shared/person.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo']);
after(() => trial.close());
const { ada, bob, cleo } = trial.people as Record<'ada' | 'bob' | 'cleo', Person>;
const everyone = [ada, bob, cleo];
const { people, microblog, news, outbox, gate, views } = trial.house;
const NOBODY = `c${'q'.repeat(52)}`;
const known = (of: Person) => gate.reader(of, of.persona, 'people').list('links').map(({ body }) => JSON.parse(body) as { persona: string; relation: string; petname?: string; verified?: { key: string } }).filter(({ relation }) => relation === 'known');

/** Everything in which a reader is shown people. */
async function shownTo(reader: Person): Promise<string> {
  const pages = await Promise.all([
    microblog.home(reader, { first: 50 }), microblog.houseTimeline(reader, { first: 50 }), news.list(reader, {}),
    ...everyone.map(({ persona }) => microblog.byPersona(reader, persona, { first: 50, replies: true })),
  ]);
  const profiles = everyone.map(({ persona }) => { try { return people.profile(reader, persona); } catch { return null; } });
  return JSON.stringify([pages, profiles, people.list(reader), people.followers(reader), people.requests(reader), people.blocked(reader)]);
}

test('a name of one\'s own: set, changed, shown beside the real one, dropped; one record, whatever was there', async () => {
  assert.deepEqual(await people.setPetname(ada, bob.persona, '  Bob from the boat '), { petname: 'Bob from the boat' });
  await people.setPetname(ada, bob.persona, 'Bobby');
  const { name, petname, handle } = people.profile(ada, 'bob');
  assert.deepEqual([name, petname, handle], ['bob of the choir', 'Bobby', 'bob']);
  assert.equal(known(ada).length, 1);
  await gate.transact(ada, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: bob.persona, relation: 'known', createdAt: 1, petname: 'From the phone' } }));
  await people.setPetname(ada, bob.persona, 'Bob');
  assert.deepEqual(known(ada).map((one) => one.petname), ['Bob'], 'two devices made one each: one is left');
  await people.dropPetname(ada, bob.persona);
  assert.deepEqual([known(ada), people.profile(ada, 'bob').petname], [[], undefined]);
  await people.dropPetname(ada, bob.persona);
});

test('who exists is not told; oneself and no name are refused', async () => {
  assert.deepEqual(await people.setPetname(ada, NOBODY, 'Nobody'), { petname: 'Nobody' });
  await people.dropPetname(ada, NOBODY);
  await assert.rejects(people.setPetname(ada, ada.persona, 'Me'), { code: 'petname_self' });
  await assert.rejects(people.setPetname(ada, 'bob', 'Bob'), { code: 'person_unknown' });
  await assert.rejects(people.setPetname(ada, bob.persona, ' \t '), { code: 'bad_petname', field: '/petname' });
});

test('met in person: the head that both saw, and what came after it', async () => {
  const code = people.code(bob);
  assert.deepEqual([code.persona, code.handle], [bob.persona, 'bob']);
  const kept = await people.verify(ada, bob.persona, code.key);
  assert.deepEqual(people.profile(ada, 'bob').verified, { ...kept, since: { added: 0, removed: 0, words: 0, moves: 0 } });
  await people.setPetname(ada, bob.persona, 'Bob');
  assert.equal(known(ada).length, 1, 'both are one record');
  await people.dropPetname(ada, bob.persona);
  assert.equal(people.profile(ada, 'bob').verified?.key, code.key);
  assert.equal(people.profile(cleo, 'bob').verified, undefined);
  assert.equal(people.profile(bob, 'ada').verified, undefined, 'it is the one\'s who met, not the other\'s');
  await people.unverify(ada, bob.persona);
  assert.equal(people.profile(ada, 'bob').verified, undefined);
});

test('keys that the house does not have are not kept, nor oneself, nor who cannot be seen', async () => {
  await assert.rejects(people.verify(ada, bob.persona, people.code(cleo).key), { code: 'key_differs', field: '/key' });
  await assert.rejects(people.verify(ada, ada.persona, people.code(ada).key), { code: 'verify_self' });
  await assert.rejects(people.verify(ada, NOBODY, people.code(bob).key), { code: 'person_unknown' });
  await assert.rejects(people.verify(ada, 'bob', people.code(bob).key), { code: 'person_unknown' });
  await people.block(bob, ada.persona);
  await assert.rejects(people.verify(ada, bob.persona, people.code(bob).key), { code: 'person_unknown' });
  await people.unblock(bob, ada.persona);
});

test('a head that is not in the log is another log', async () => {
  await gate.transact(ada, ada.persona, 'people', (tx) => tx.put('links', { body: { persona: bob.persona, relation: 'known', createdAt: 1, verified: { at: 5, key: 'A'.repeat(43) } } }));
  assert.deepEqual(people.profile(ada, 'bob').verified, { at: 5, key: 'A'.repeat(43), since: null });
  await people.unverify(ada, bob.persona);
});

test('whatever anybody calls anybody, whoever is blocked or muted, is read by the one who calls them so alone', async () => {
  const act = fc.record({ does: fc.constantFrom('call', 'call', 'call', 'drop', 'block', 'unblock', 'mute', 'follow', 'post'), who: fc.integer({ min: 0, max: 2 }), whom: fc.integer({ min: 0, max: 2 }) });
  let marks = 0;
  const mine = new Map<string, string>();
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
    for (const { does, who, whom } of acts) {
      const [one, other] = [everyone[who]!, everyone[whom]!];
      if (does === 'post') { await microblog.post(one, { text: 'hello', audience: 'house' }); continue; }
      if (who === whom) continue;
      if (does === 'call') { const name = `mark-${who}-${marks++}`; await people.setPetname(one, other.persona, name); mine.set(`${who}>${whom}`, name); }
      if (does === 'drop') { await people.dropPetname(one, other.persona); mine.delete(`${who}>${whom}`); }
      if (does === 'block') await people.block(one, other.persona);
      if (does === 'unblock') await people.unblock(one, other.persona);
      if (does === 'mute') await people.mute(one, other.persona, {});
      if (does === 'follow') await people.follow(one, other.persona).catch(() => {});
    }
    await outbox.idle();
    await views.ask(() => {});
    for (const [who, reader] of everyone.entries()) {
      const text = await shownTo(reader);
      const due = new Set([...mine].filter(([pair]) => pair.startsWith(`${who}>`)).map(([, name]) => name));
      for (const [mark] of text.matchAll(/mark-\d-\d+/g)) assert.ok(due.has(mark), `${mark} is shown to ${who}`);
      for (const [whom, other] of everyone.entries()) {
        const seen = people.list(reader).find(({ persona }) => persona === other.persona);
        if (seen) assert.equal(seen.petname, mine.get(`${who}>${whom}`));
      }
    }
  }), { numRuns: 25 });
  assert.deepEqual(trial.errors, []);
});

test('name and picture are found in any body of a profile, whatever its words are', () => {
  const text = fc.string({ unit: fc.constantFrom('"', '\\', '{', '}', ',"name":"x"', '"small":"', 'é', ' '), maxLength: 12 });
  const blob = fc.string({ unit: fc.constantFrom('a', 'B', '-', '_'), minLength: 43, maxLength: 43 });
  const image = fc.record({ alt: text, full: blob, height: fc.nat(), small: fc.option(blob, { nil: undefined }), width: fc.nat() }, { requiredKeys: ['full', 'height', 'width'] });
  fc.assert(fc.property(text, text, fc.option(image, { nil: undefined }), fc.option(image, { nil: undefined }), fc.array(fc.record({ name: text, value: text }), { maxLength: 4 }), (bio, name, banner, picture, fields) => {
    const body = JSON.stringify({ banner, bio, fields, name, picture });
    const found = faceOf(body);
    assert.deepEqual([found.name === undefined ? undefined : JSON.parse(found.name), found.picture], [name, picture && (picture.small ?? picture.full)]);
  }));
});
