import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { ANYONE, type Caller } from '../../firewall/caller.ts';
import type { PostItem, Ref } from '../../services/microblog/types.ts';
import { openSqlite } from '../../sqlite/port.ts';
import { openTrialHouse, type Person } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
import { challengeOf } from '../apps/codes.ts';

const trial = await openTrialHouse(['ada', 'bob', 'cleo', 'dee']);
after(() => trial.close());
const { ada, bob, cleo, dee } = trial.people as Record<'ada' | 'bob' | 'cleo' | 'dee', Person>;
const everybody = [ada, bob, cleo, dee];
const DAY = 86_400_000;

const care = () => trial.house.household.care;
const post = async (of: Person, text: string, audience = 'house', replyTo?: Ref): Promise<PostItem> => {
  trial.clock.ms += 1000;
  const made = await trial.house.microblog.post(of, { text, audience, ...(replyTo ? { replyTo: { persona: replyTo.persona, key: replyTo.key } } : {}) });
  await trial.house.outbox.idle();
  return made;
};
const items = (page: string): PostItem[] => (JSON.parse(page) as { items: PostItem[] }).items;
const has = (list: readonly Ref[], { persona, key }: Ref): boolean => list.some((one) => one.persona === persona && one.key === key);

/** An app of a service that somebody let in: its token. */
function appOf(persona: string): string {
  const { apps } = trial.house.household;
  const code = apps.offer({ persona, service: 'S'.repeat(43), title: 'Meals', origin: 'https://meals.example', scope: '', collections: null, device: null, redirectUri: 'https://meals.example/', challenge: challengeOf('v') });
  return apps.exchange({ code, clientId: 'S'.repeat(43), redirectUri: null, verifier: 'v' })!.access;
}

/** Every way in which this reader could come to see a post, by name, as far as it shows it. */
async function ways(of: Caller, post: Ref, root: Ref = post): Promise<string[]> {
  const { microblog, gate, news } = trial.house;
  const seen: string[] = [];
  const note = (way: string, yes: boolean) => { if (yes) seen.push(way); };
  note('by', has(items(await microblog.byPersona(of, post.persona, { replies: true })), post));
  note('thread', await microblog.thread(of, root.persona, root.key).then((text) => has(items(text), post), () => false));
  note('show', 'persona' in of && (await microblog.show(of, [post])).posts.size > 0);
  note('versions', await microblog.versions(of, post).then((all) => all.length > 0, () => false));
  note('get', gate.get(of, post.persona, 'microblog', 'posts', post.key) !== null);
  const found = await gate.data.query(of, { persona: post.persona, service: 'microblog', collection: 'posts' }, { first: 500 }).catch(() => '');
  note('query', JSON.stringify(found).includes(post.key));
  if (!('persona' in of)) return seen;
  note('home', has(items(await microblog.home(of, {})), post));
  note('house', has(items(await microblog.houseTimeline(of, {})), post));
  note('news', (await news.list(of, {})).includes(`"key":"${post.key}"`));
  return seen;
}

/** The chains of a pod: what is signed in it, and nothing else. */
function chains(file: string): string {
  const db = openSqlite(file, { durability: 'normal' });
  try { return JSON.stringify(db.ask<{ lane: Uint8Array; seq: number; chain: Uint8Array }>('SELECT lane, seq, chain FROM lanes ORDER BY lane').map(({ lane, seq, chain }) => [Buffer.from(lane).toString('hex'), seq, Buffer.from(chain).toString('hex')])); } finally { db.close(); }
}
const allChains = (): string[] => ['ada', 'bob', 'cleo', 'dee'].map((handle) => chains(trial.podFile(handle)));

test('a hidden post is shown to its author and the stewards, marked, and to nobody else by any way; its pod does not change', async () => {
  await trial.house.people.follow(cleo, bob.persona);
  const root = await post(cleo, 'What do you think?', 'everyone');
  const reply = await post(bob, 'Nothing nice', 'everyone', root);
  await trial.house.microblog.edit(bob, reply.key, { text: 'Nothing nice at all' });
  await post(dee, 'Why?', 'everyone', reply);
  const whole = ['by', 'get', 'home', 'house', 'news', 'query', 'show', 'thread', 'versions'];
  assert.deepEqual((await ways(cleo, reply, root)).sort(), whole);
  const [before, open] = [allChains(), (await ways(ANYONE, reply, root)).sort()];
  assert.deepEqual(open, ['by', 'get', 'query', 'thread', 'versions']);
  const told: string[] = [];
  const stops = [[cleo, 'cleo'], [bob, 'bob'], [ada, 'ada']].map(([who, name]) => trial.house.microblog.live(who as Person, ({ type, data }) => told.push(`${name as string} ${type} ${data}`)));

  const watched: string[] = [];
  const watches = [[cleo, 'cleo'], [bob, 'bob'], [ada, 'ada']].map(([who, name]) => trial.house.gate.data.watch(who as Person, { persona: bob.persona, service: 'microblog', collections: ['posts'], since: 'now' }, {
    hear: ({ type, data }) => { watched.push(`${name as string} ${type}${data.includes(reply.key) ? ' it' : ''}`); return true; }, end: () => {},
  }));
  const heard = async () => { for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate); return watched.splice(0).sort(); };
  assert.deepEqual(await heard(), ['ada ready', 'bob ready', 'cleo ready']);
  care().hidden.hide(ada.persona, reply.persona, reply.key, 'Please be kind.');
  assert.deepEqual(await heard(), ['ada put it', 'bob put it', 'cleo remove it'], 'whoever watches by the data API is told');
  care().hidden.show(ada.persona, reply.persona, reply.key);
  assert.deepEqual(await heard(), ['ada put it', 'bob put it', 'cleo put it']);
  for (const { stop } of watches) stop();
  told.length = 0;
  care().hidden.hide(ada.persona, reply.persona, reply.key, 'Please be kind.');
  for (const one of [cleo, dee, ANYONE]) assert.deepEqual(await ways(one, reply, root), []);
  for (const one of [bob, ada]) {
    const [shown] = items(await trial.house.microblog.thread(one, root.persona, root.key)).filter(({ key }) => key === reply.key);
    assert.equal((shown as { hiddenByHouse?: true }).hiddenByHouse, true);
  }
  const { missing } = JSON.parse(await trial.house.microblog.thread(cleo, root.persona, root.key)) as { missing: Ref[] };
  assert.ok(has(missing, reply), 'an answer to it stands there, with a gap above it');
  await assert.rejects(trial.house.microblog.like(cleo, reply), { code: 'post_unknown' });
  await assert.rejects(post(cleo, 'And yet', 'everyone', reply), { code: 'post_unknown' });
  const ref = JSON.stringify({ persona: reply.persona, key: reply.key });
  assert.deepEqual(told.sort(), [`ada hidden ${ref.slice(0, -1)},"hidden":true}`, `bob hidden ${ref.slice(0, -1)},"hidden":true}`, `cleo remove ${ref}`]);
  for (const stop of stops) stop();
  const [notice] = care().notices.of(bob.persona);
  assert.deepEqual([notice!.kind, notice!.by, notice!.about, notice!.words], ['hidden', ada.persona, reply.key, 'Please be kind.']);
  const [line] = trial.house.firewall.log.days(bob.persona, null, 1).days[0]!.lines.filter(({ service }) => service === 'house');
  assert.deepEqual([line!.caller, line!.collection], [ada.persona, 'hidden']);

  await trial.shut();
  await trial.open();
  assert.deepEqual(await ways(dee, reply, root), [], 'after a restart, too');
  assert.deepEqual(allChains(), before);
  care().hidden.show(ada.persona, reply.persona, reply.key);
  assert.deepEqual((await ways(cleo, reply, root)).sort(), whole);
});

test('a hidden answer that another keeps is gone for its keeper, too, and the keeper still owns the record', async () => {
  await trial.house.people.close(cleo, bob.persona);
  await trial.house.people.close(cleo, dee.persona);
  const few = await post(cleo, 'For few', 'close');
  const kept = await post(bob, 'Kept', 'only-me', few);
  const inThread = async (of: Person) => has(items(await trial.house.microblog.thread(of, few.persona, few.key)), kept);
  assert.deepEqual(await Promise.all([cleo, dee, bob].map(inThread)), [true, true, true]);
  care().hidden.hide(ada.persona, kept.persona, kept.key);
  assert.deepEqual(await Promise.all([cleo, dee, bob].map(inThread)), [false, false, true]);
  assert.equal(trial.house.gate.reader(dee, cleo.persona, 'microblog').list('replies').length, 0);
  assert.equal(trial.house.gate.reader(cleo, cleo.persona, 'microblog').list('replies').length, 1);
  care().hidden.show(ada.persona, kept.persona, kept.key);
});

test('who is suspended reads and takes back, gives nothing to anybody, and is out of the timelines until it ends', async () => {
  const { people, microblog, gate } = trial.house;
  const old = await post(bob, 'Before');
  const other = await post(dee, 'Something to like');
  await people.follow(cleo, bob.persona);
  await microblog.like(bob, other);
  await trial.house.outbox.idle();
  care().standings.suspend(ada.persona, bob.persona, trial.clock.ms + DAY, 'Rest a while.');
  const suspended = { code: 'suspended' };
  await assert.rejects(post(bob, 'During'), suspended);
  await assert.rejects(post(bob, 'During', 'only-me', await post(cleo, 'Close ones', 'close')), suspended, 'an answer that another keeps');
  await assert.rejects(microblog.edit(bob, old.key, { text: 'Other words' }), suspended);
  await assert.rejects(microblog.setAudience(bob, old.key, 'everyone'), suspended);
  await assert.rejects(people.follow(bob, dee.persona), suspended);
  await assert.rejects(people.setProfile(bob, { name: 'Bobby' }), suspended);
  await assert.rejects(gate.data.put(bob, { persona: bob.persona, service: 'microblog', collection: 'posts' }, { items: [{ body: { text: 'By the data API', createdAt: 1 }, audience: 'house' }] }), suspended);
  await assert.rejects(trial.house.records.receive(bob, bob.persona, Buffer.from('')), suspended);
  await people.block(bob, dee.persona);
  await people.unblock(bob, dee.persona);
  await post(bob, 'A note to myself', 'only-me');
  await microblog.unlike(bob, other);
  assert.ok(items(await microblog.houseTimeline(bob, {})).length > 0, 'reads as ever');
  assert.deepEqual([(await ways(cleo, old)).sort()], [['by', 'get', 'query', 'show', 'thread']], 'there, and in no timeline');
  assert.ok(has(items(await microblog.houseTimeline(bob, {})), old), 'not from themselves');
  trial.clock.ms += DAY;
  await post(bob, 'After');
  assert.ok(has(items(await microblog.houseTimeline(cleo, {})), old));
});

test('a report carries what its reporter could read, signed by their device; stewards answer it, and both hear', async () => {
  const { people, microblog } = trial.house;
  const few = await post(bob, 'For those close to me', 'close');
  await assert.rejects(care().report(cleo, { about: { persona: bob.persona, key: few.key }, reason: 'hurts' }), { code: 'post_unknown' });
  await people.close(bob, cleo.persona);
  const about = { persona: bob.persona, key: few.key };
  const made = await care().report(cleo, { about, reason: 'hurts', words: ' This is about me. ', alsoHide: true });
  assert.deepEqual(await care().report(cleo, { about, reason: 'hurts' }), made, 'twice is once');
  await assert.rejects(care().report(bob, { about, reason: 'other' }), { code: 'report_self' });
  await assert.rejects(care().report(bob, { about: { persona: ada.persona }, reason: 'other' }), { code: 'only_steward' });
  assert.equal(await microblog.thread(cleo, bob.persona, few.key).then(() => true, () => false), false, 'they asked not to be shown it any more');
  const [report] = care().reports.list(ada.persona, 'open');
  assert.deepEqual([report!.id, report!.statement.reporter, report!.statement.words, report!.hidden], [made.report, cleo.persona, 'This is about me.', false]);
  assert.deepEqual((report!.statement.content as { post: { body: { text: string } } }).post.body.text, 'For those close to me');
  assert.ok(!JSON.stringify(report!.statement.content).includes('liked'));
  const stored = trial.house.firewall.care.checkReport;
  assert.throws(() => stored({ statement: { ...report!.statement, words: 'Other words' }, signatures: ['A'.repeat(86)] }), { code: 'bad_signature' });

  assert.throws(() => care().reports.answer(ada.persona, 'nothing', { act: 'none' }), { code: 'report_unknown' });
  care().reports.answer(ada.persona, made.report, { act: 'warn', words: 'Not like this.' });
  assert.throws(() => care().reports.answer(ada.persona, made.report, { act: 'none' }), { code: 'report_answered' });
  assert.deepEqual([care().notices.of(bob.persona)[0]!.kind, care().notices.of(cleo.persona)[0]!.about], ['warned', 'warn']);
  assert.deepEqual([care().reports.list(ada.persona, 'open').length, care().reports.list(ada.persona, 'done')[0]!.answer?.act], [0, 'warn']);
  const person = await care().report(cleo, { about: { persona: bob.persona }, reason: 'danger' });
  assert.throws(() => care().reports.answer(ada.persona, person.report, { act: 'hide' }), { code: 'not_a_post' });
  care().setRole(ada.persona, bob.persona, 'steward');
  assert.deepEqual(care().reports.list(bob.persona, 'open'), [], 'nobody looks at what is said about them');
  assert.throws(() => care().reports.answer(bob.persona, person.report, { act: 'none' }), { code: 'report_unknown' });
  care().setRole(ada.persona, bob.persona, 'member');
  care().reports.answer(ada.persona, person.report, { act: 'suspend', days: 2 });
  assert.equal(care().standings.of(bob.persona)!.until, trial.clock.ms + 2 * DAY);
  care().standings.lift(ada.persona, bob.persona);
  trial.clock.ms += 91 * DAY;
  care().reports.sweep();
  assert.deepEqual(care().reports.list(ada.persona, 'done'), []);
});

test('a service is reported by whoever knows it, with its contract and what the log says; it can be taken off the shelf, and the reporter hears', async () => {
  const { suite, gate, household } = trial.house, joining = await trial.house.joining(), potluck = makePotluck(suite);
  const about = { service: potluck.id }, contract = potluck.contract();
  await assert.rejects(care().report(cleo, { about, reason: 'noise' }), { code: 'service_unknown' });
  const { hash } = await joining.preview(cleo, { contract }, { local: false });
  const looked = await care().report(cleo, { about, reason: 'noise', withLog: true });
  const [first] = care().reports.list(ada.persona, 'open');
  assert.deepEqual(first!.statement.content['service'], { id: potluck.id, title: 'Potluck', publisher: 'The makers of Potluck', version: 1, purpose: 'Plan meals together.', hash, joined: false });
  assert.deepEqual([first!.statement.about, first!.statement.content['contract'], 'log' in first!.statement.content, first!.shelved], [about, contract, false, false]);
  for (const [act, code] of [['hide', 'not_a_post'], ['warn', 'not_a_person'], ['suspend', 'not_a_person']] as const) assert.throws(() => care().reports.answer(ada.persona, looked.report, { act }), { code });
  care().reports.answer(ada.persona, looked.report, { act: 'none' });

  const { persona } = await joining.join(dee, { hash: (await joining.preview(dee, { contract }, { local: false })).hash });
  const { data } = gate, makers: Caller = { kind: 'service', service: potluck.id, key: potluck.key }, at = { persona, service: potluck.id };
  await data.put(dee, { ...at, collection: 'dishes' }, { items: [{ body: { title: 'Soup', date: '2027-03-01' } }] });
  for (let i = 0; i < 3; i++) await data.query(makers, { ...at, collection: 'dishes' }, {});
  trial.clock.ms += DAY;
  await assert.rejects(data.query(makers, { ...at, collection: 'friends' }, {}));
  // Who else came to the same things is not told.
  await assert.rejects(data.query(bob, { ...at, collection: 'profile' }, {}));
  joining.shelve(ada, potluck.id, { hash: (await joining.preview(ada, { contract }, { local: false })).hash });
  const made = await care().report(dee, { about, reason: 'other', words: 'Why my friends?', withLog: true });
  const [second] = care().reports.list(ada.persona, 'open');
  const { content } = second!.statement as unknown as { content: { service: { joined: boolean }; log: { collection: string; refused: boolean; n: number }[] } };
  assert.deepEqual([second!.shelved, content.service.joined, content.log.map(({ collection, refused, n }) => [collection, refused, n])], [true, true, [['friends', true, 1], ['dishes', false, 3]]]);
  assert.ok(!JSON.stringify(second!.statement).includes(persona), 'nor under which name');
  const person = await care().report(cleo, { about: { persona: bob.persona }, reason: 'other' });
  assert.throws(() => care().reports.answer(ada.persona, person.report, { act: 'unshelve' }), { code: 'not_a_service' });
  care().reports.answer(ada.persona, person.report, { act: 'none' });
  care().reports.answer(ada.persona, made.report, { act: 'unshelve', words: 'Thank you.' });
  assert.deepEqual([household.shelf.all(), care().reports.list(ada.persona, 'done')[0]!.shelved], [[], false]);
  const [told] = care().notices.of(dee.persona);
  assert.deepEqual([told!.kind, told!.about, told!.words, told!.by], ['answered-service', 'unshelve', 'Thank you.', ada.persona]);
  assert.deepEqual([care().notices.of(cleo.persona).map(({ kind, about: act }) => `${kind} ${act}`).slice(0, 2), care().actions()[0]!.counts.unshelve], [['answered none', 'answered-service none'], 1]);
  await trial.house.jobs.ended(dee.persona, joining.leave(dee, persona, potluck.id).id);
});

test('whatever stewards do, no record of anybody changes', async () => {
  const posts = await Promise.all([post(bob, 'one'), post(cleo, 'two'), post(dee, 'three', 'everyone')]);
  const before = allChains();
  assert.ok(before.every((one) => one.length > 50));
  const who = fc.constantFrom(bob, cleo, dee);
  const act = fc.oneof(
    fc.record({ what: fc.constantFrom('hide', 'show'), post: fc.constantFrom(...posts) }), fc.record({ what: fc.constantFrom('suspend', 'lift', 'expel', 'role', 'report', 'answer'), who, by: who }),
  );
  const carryOut = async (one: { what: string; post?: PostItem; who?: Person; by?: Person }) => {
    const { hidden, standings, reports, setRole, report } = care();
    if (one.post) { hidden[one.what as 'hide'](ada.persona, one.post.persona, one.post.key); return; }
    const persona = one.who!.persona;
    if (one.what === 'suspend') standings.suspend(ada.persona, persona, trial.clock.ms + DAY);
    if (one.what === 'lift') standings.lift(ada.persona, persona);
    if (one.what === 'expel') standings.expel(ada.persona, persona, 7);
    if (one.what === 'role') setRole(ada.persona, persona, 'member');
    if (one.what === 'report') await report(one.by!, { about: { persona }, reason: 'other' });
    for (const { id } of one.what === 'answer' ? reports.list(ada.persona, 'open') : []) reports.answer(ada.persona, id, { act: 'warn' });
  };
  await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
    for (const one of acts) await carryOut(one).catch((error: { code?: string }) => assert.ok(error.code, String(error)));
    assert.deepEqual(allChains(), before);
  }), { numRuns: 60 });
  for (const { persona } of everybody) care().standings.lift(null, persona);
  for (const { persona, key } of care().hidden.list()) care().hidden.show(null, persona, key);
});

test('who is asked to leave keeps reading, then the seat is free and the pod lies in a folder, whole', async () => {
  const { household } = trial.house;
  const last = await post(dee, 'Goodbye', 'everyone');
  const [file, before] = [trial.podFile('dee'), chains(trial.podFile('dee'))];
  const people = household.count();
  // What they have open, and used a moment ago.
  const tokens = [household.openSession(dee.persona, 'phone'), household.tokens.make(dee.persona, { label: 'A script', services: null, write: true }).token, appOf(dee.persona)];
  const known = (): unknown[] => tokens.map((token) => household.sessionOf(token, '::1')?.persona ?? null);
  assert.deepEqual(known(), Array<string>(3).fill(dee.persona));
  const ended: string[] = [];
  const stop = household.listen((event) => { if (event.type === 'session-ended' && event.persona === dee.persona) ended.push(event.session); });
  care().standings.expel(ada.persona, dee.persona, 3, 'It does not work out.');
  await assert.rejects(post(dee, 'One more'), { code: 'expelled' });
  assert.ok([...trial.house.firewall.exportOf(dee.persona)!].length > 5, 'they can take their export');
  await trial.house.household.sweep();
  assert.equal(household.count(), people, 'not before the time');
  trial.clock.ms += 3 * DAY;
  await household.sweep();
  assert.equal(household.count(), people - 1);
  assert.equal(household.byHandle('dee'), null);
  stop();
  assert.deepEqual([known(), ended.filter((one) => one.startsWith('app:')).length], [[null, null, null], 2], 'no script and no app of theirs is anybody here any more');
  const [folder] = readdirSync(join(trial.folder, 'departed'));
  const at = join(trial.folder, 'departed', folder!);
  assert.deepEqual([existsSync(file), chains(join(at, 'pod.db'))], [false, before]);
  assert.match(readFileSync(join(at, 'export.jsonl'), 'utf8'), /Goodbye[^]*"type":"access"/);
  assert.deepEqual(trial.house.firewall.log.days(dee.persona, null, 9).days, [], 'their log went along, and does not stay behind');
  assert.deepEqual(await ways(cleo, last), []);
  assert.deepEqual(readdirSync(at).sort(), ['README.txt', 'export.jsonl', 'pod.db']);
  const { invite } = household.invite(ada.persona, {});
  await assert.rejects(household.join({ invite, person: { handle: 'dee', name: 'Another', passphrase: 'correct horse battery' }, from: '::1' }), { code: 'handle_taken' }, 'nobody takes their name');
  await trial.shut();
  await trial.open();
  await trial.house.household.sweep();
  assert.deepEqual([trial.house.household.count(), trial.errors], [people - 1, []]);
});
