import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { signContract, verifyJoined, verifyKeyLog, type JsonObject, toBase64Url, verifyPresent } from '@commonhold/core';
import { openTrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
import { saidBy, type Word } from '../../testing/said.ts';
import { verifyFolder } from '../../verify/folder.ts';

async function open(t: TestContext, ...names: string[]) {
  const trial = await openTrialHouse(['ada', ...names]);
  t.after(() => trial.close());
  const service = makePotluck(trial.house.suite);
  const ada = trial.people['ada']!;
  return { trial, service, ada, of: async () => trial.house.joining(), gate: () => trial.house.gate };
}

const here = { local: false };

test('a contract is looked at, then joined under a pseudonym, which alone its service and members ever see', async (t) => {
  const { trial, service, ada, of, gate } = await open(t, 'bob');
  const joining = await of(), bob = trial.people['bob']!, { suite } = trial.house;
  const seen = await joining.preview(ada, { contract: service.contract() }, here);
  assert.deepEqual([seen.blocks, seen.signed, seen.joined], [[], true, null]);
  const mine = await joining.join(ada, { hash: seen.hash });
  assert.deepEqual([mine.as, mine.state, mine.title, mine.service], ['pseudonym', 'active', 'Potluck', service.id]);
  assert.notEqual(mine.persona, ada.persona);
  await assert.rejects(joining.join(ada, { hash: seen.hash, as: 'self' }), { code: 'already_joined' });
  const whole = joining.get(ada, mine.persona, service.id);
  const keyLog = verifyKeyLog(suite, whole.keyLog);
  assert.ok(keyLog.ok && verifyJoined(suite, whole.statement, keyLog.value).ok);
  assert.throws(() => joining.get(bob, mine.persona, service.id), { code: 'service_unknown' });

  const dishes = { persona: mine.persona, service: service.id, collection: 'dishes' };
  const put = await gate().data.put(ada, dishes, { items: [{ body: { title: 'Soup', date: 'Friday', diet: 'vegan' } }] });
  await assert.rejects(gate().data.query(bob, dishes, {}), { code: 'not_found' });
  const [maker, thief] = [service.key, 'A'.repeat(43)].map((key) => ({ kind: 'service' as const, service: service.id, key }));
  for (const caller of [bob, { kind: 'anyone' as const }, thief!]) assert.equal(gate().joined(caller, mine.persona, service.id), null);
  const his = await joining.join(bob, { hash: seen.hash });
  const shown = gate().joined(bob, mine.persona, service.id);
  assert.deepEqual(JSON.parse(shown!), { joined: whole.statement, keyLog: whole.keyLog });
  for (const caller of [ada, maker!]) assert.equal(gate().joined(caller, mine.persona, service.id), shown);
  // That they are here now is for the service alone: any other could pass for them there.
  const challenge = toBase64Url(suite.random(32));
  for (const caller of [ada, bob]) assert.equal(gate().joined(caller, mine.persona, service.id, challenge), shown);
  const { present } = JSON.parse(gate().joined(maker!, mine.persona, service.id, challenge)!) as { present: unknown };
  assert.ok(keyLog.ok && verifyPresent(suite, present, { service: service.id, challenge, keyLog: keyLog.value }).ok);
  assert.equal(gate().joined(thief!, mine.persona, service.id, challenge), null);
  assert.equal(gate().joined(ada, ada.persona, 'people'), null, 'what everybody has here is no membership');
  await joining.pause(ada, mine.persona, service.id, true);
  assert.deepEqual([gate().joined(bob, mine.persona, service.id), gate().joined(maker!, mine.persona, service.id), gate().joined(ada, mine.persona, service.id)], [null, null, shown]);
  await joining.pause(ada, mine.persona, service.id, false);
  const page = JSON.parse(await gate().data.query(bob, dishes, {})) as { items: { body: object; author: string }[] };
  assert.deepEqual(page.items.map(({ body, author }) => [body, author]), [[{ title: 'Soup', date: 'Friday' }, mine.persona]]);
  await gate().data.put(bob, dishes, { items: [{ body: { title: 'Bread' } }] });
  const all = JSON.parse(await gate().data.query(ada, dishes, {})) as { items: { body: { title: string }; author: string }[] };
  assert.deepEqual(all.items.map(({ body, author }) => [body.title, author]).sort(), [['Bread', his.persona], ['Soup', mine.persona]]);
  assert.equal(gate().get(bob, mine.persona, service.id, 'dishes', put.items[0]!.key)?.includes('vegan'), false);
  // Who asked stands in the log of the person behind the pseudonym.
  const { days } = trial.house.firewall.log.days(ada.persona, null, 1);
  assert.ok(days[0]!.lines.some((line) => line.service === service.id && line.caller === his.persona));

  await trial.shut();
  // Whoever checks the folder finds nothing wrong with pseudonyms.
  const damages: unknown[] = [];
  verifyFolder(suite, trial.folder, { tell: (damage) => { damages.push(damage); }, progress: () => {} });
  assert.deepEqual(damages, []);
  await trial.open();
  const later = await trial.house.joining();
  assert.deepEqual(later.list(ada).map(({ persona, hash }) => [persona, hash]), [[mine.persona, seen.hash]]);
  assert.equal((JSON.parse(await gate().data.query(ada, dishes, {})) as { items: unknown[] }).items.length, 2);
});

test('what a service keeps for a time alone is seen no more after it, and soon gone from the disk', async (t) => {
  const { trial, service, ada, of, gate } = await open(t);
  const joining = await of();
  const { hash } = await joining.preview(ada, { contract: service.contract(({ collections }) => { ((collections as JsonObject)['dishes'] as JsonObject)['retention'] = 'P2D'; }) }, here);
  const mine = await joining.join(ada, { hash });
  const dishes = { persona: mine.persona, service: service.id, collection: 'dishes' };
  const titles = async (): Promise<string[]> => (JSON.parse(await gate().data.query(ada, dishes, {})) as { items: { body: { title: string } }[] }).items.map(({ body }) => body.title);
  await gate().data.put(ada, dishes, { items: [{ body: { title: 'an unrepeatable soup' } }] });
  trial.clock.ms += 86_400_000;
  await gate().data.put(ada, dishes, { items: [{ body: { title: 'bread of the day after' } }] });
  await trial.house.firewall.settle();
  assert.deepEqual(await titles(), ['an unrepeatable soup', 'bread of the day after']);
  trial.clock.ms += 86_400_001;
  assert.deepEqual(await titles(), ['bread of the day after']);
  await trial.house.firewall.settle();
  const file = trial.podFile('ada');
  await trial.shut();
  const disk = readFileSync(file, 'latin1');
  assert.deepEqual([disk.includes('unrepeatable'), disk.includes('bread of the day after')], [false, true]);
  await trial.open();
});

test('joined as oneself: the persona is one’s own; the built-in services are as they were', async (t) => {
  const { service, ada, of, gate } = await open(t);
  const joining = await of();
  const { hash } = await joining.preview(ada, { contract: service.contract() }, here);
  const mine = await joining.join(ada, { hash, as: 'self', narrowing: { rules: { 'dishes.allow[3]': { off: true } } } });
  assert.deepEqual([mine.persona, mine.narrowing], [ada.persona, { rules: { 'dishes.allow[3]': { off: true } } }]);
  await gate().data.put(ada, { persona: ada.persona, service: service.id, collection: 'profile' }, { items: [{ body: { name: 'Ada' } }] });
  assert.match(gate().get(ada, ada.persona, service.id, 'profile', 'self')!, /Ada/);
  assert.match(gate().get(ada, ada.persona, 'people', 'profile', 'self')!, /ada of the choir/);
});

test('what is wrong with a contract is said, and keeps it out', async (t) => {
  const { trial, service, ada, of } = await open(t);
  const joining = await of(), { suite } = trial.house;
  const good = service.contract();
  const { signature: _, ...unsigned } = good;
  const draft = await joining.preview(ada, { contract: unsigned }, here);
  assert.deepEqual([draft.blocks.map(({ code }) => code), draft.draft], [['unsigned'], true]);
  await assert.rejects(joining.join(ada, { hash: draft.hash }), { code: 'contract_blocked' });
  const forged = signContract(suite, good, suite.random(32), '0'.repeat(16));
  await assert.rejects(joining.preview(ada, { contract: forged }, here), { code: 'bad_signature' });
  const other = await joining.preview(ada, { contract: { ...good, purpose: 'Something else.' } }, here);
  assert.deepEqual(other.blocks.map(({ code }) => code), ['bad_signature']);
  await assert.rejects(joining.preview(ada, { contract: { ...good, collections: 5 } }, here), { code: 'wrong_type' });
  await assert.rejects(joining.join(ada, { hash: 'x'.repeat(43) }), { code: 'contract_unknown' });
  const { hash } = await joining.preview(ada, { contract: good }, here);
  await assert.rejects(joining.join(ada, { hash, narrowing: { rules: { 'dishes.allow[0]': { off: true } } } }), { code: 'bad_narrowing' });
  const joined = await joining.preview(ada, { contract: unsigned }, here);
  assert.equal((await joining.join(ada, { hash: joined.hash, draft: true })).draft, true);
});

const { files } = JSON.parse(readFileSync(new URL('../../../../../spec/vectors/byoda.json', import.meta.url), 'utf8')) as { files: { name: string; file: JsonObject }[] };
const promising = files.find(({ name }) => name === 'kin')!.file;
/** The same without the one declaration that would promise what nobody keeps. */
const kin = (change: (file: JsonObject) => void = () => {}): JsonObject => { const file = JSON.parse(JSON.stringify(promising).replace(/,"anonimized_responses":true/, '')) as JsonObject; change(file); return file; };

test('a contract file of BYODA is looked at and joined; what it declares and is not honoured is listed, and blocks where it promises what is not kept', async (t) => {
  const { trial, ada, of, gate } = await open(t, 'bob', 'cleo');
  const joining = await of(), bob = trial.people['bob']!;
  const seen = await joining.preview(ada, { contract: kin() }, here);
  assert.deepEqual([seen.form, seen.blocks, seen.signed, seen.draft], ['byoda', [], false, false]);
  assert.ok(seen.unhonoured.length > 5 && seen.unhonoured.every(({ at, message }) => at.startsWith('/') && message !== ''));
  const mine = await joining.join(ada, { hash: seen.hash });
  assert.deepEqual([mine.draft, mine.state], [false, 'active']);
  const place = { persona: mine.persona, service: mine.service, collection: 'person' };
  await gate().data.put(ada, place, { items: [{ body: { given_name: 'Ada', family_name: 'L', email: 'ada@example' } }] });
  // Nobody has the secret to its key: whoever says they are the service is nobody.
  const { key } = seen.contract.service;
  await assert.rejects(gate().data.query(bob, place, {}), { code: 'not_found' });
  assert.ok(key);
  // A later file is a later version, and a wider one is not accepted by itself.
  const later = await joining.preview(ada, { contract: kin((file) => { file['version'] = 9; file['description'] = 'Something else.'; }) }, here);
  assert.deepEqual([later.joined?.wider, (await joining.upgrade(ada, mine.persona, mine.service, here)).to?.version], [true, 9]);
  assert.equal((await joining.accept(ada, mine.persona, mine.service, { hash: later.hash, earlier: false })).version, 9);
  // The stewards may recommend it; it is read again from what it was.
  joining.shelve(ada, mine.service, { hash: later.hash });
  await trial.shut();
  await trial.open();
  const again = await of();
  assert.deepEqual([again.shelf(bob)[0]!.hash, (await again.preview(bob, { hash: later.hash }, here)).unhonoured.length], [later.hash, later.unhonoured.length]);
  assert.equal((await again.join(bob, { hash: later.hash })).version, 9);

  const blocked = await again.preview(trial.people['cleo']!, { contract: promising }, here);
  assert.deepEqual(blocked.blocks.map(({ code, field }) => [code, field?.startsWith('/jsonschema/properties/network_assets/')]), [['anonymous_answers', true]]);
  await assert.rejects(again.join(trial.people['cleo']!, { hash: blocked.hash }), { code: 'contract_blocked', field: 'anonymous_answers' });
  await assert.rejects(again.preview(ada, { contract: kin((file) => { delete file['cors_origins']; }) }, here), { code: 'missing_member', field: '/cors_origins' });
});

test('what a contract lets the service itself write is no more left undone; who may not is answered alike, whatever is there and whichever key it has', async (t) => {
  const { trial, service, ada, of, gate } = await open(t);
  const joining = await of(), { suite } = trial.house;
  const seen = await joining.preview(ada, { contract: service.contract((document) => {
    (document['collections'] as { dishes: { allow: { may: string[]; fields?: string[] }[] } }).dishes.allow[3] = { who: 'service', may: ['read', 'add', 'remove'] } as never;
  }) }, here);
  assert.deepEqual([seen.blocks, seen.unhonoured], [[], []]);
  const { persona } = await joining.join(ada, { hash: seen.hash });
  const at = (collection: string, of = persona) => ({ persona: of, service: service.id, collection });
  const thief = suite.random(32);
  const answers = new Set<string>();
  for (const [seed, places] of [[service.seed, [at('profile'), at('nothing'), at('dishes', ada.persona)]], [thief, [at('dishes'), at('profile'), at('nothing'), at('dishes', ada.persona)]]] as const) {
    const caller = { kind: 'service' as const, service: service.id, key: toBase64Url(suite.publicKey(seed)) };
    const said = (place: ReturnType<typeof at>, word: Word) => saidBy(suite, { seed, now: trial.clock.ms }, place, word);
    for (const place of places) {
      for (const tried of [gate().data.put(caller, place, said(place, { body: { title: 'Soup' } })), gate().data.remove(caller, place, said(place, {})), gate().data.patch(caller, place, said(place, { body: { title: 'y' } }))]) {
        await tried.then(() => assert.fail(), (error: unknown) => answers.add(JSON.stringify([(error as { kind: string }).kind, (error as { code: string }).code, String(error)])));
      }
    }
  }
  assert.equal(answers.size, 1, [...answers].join());
  assert.match([...answers][0]!, /not_found/);
});

test('what others put in is handed on to nobody whom a block parts from them, and to nobody while one parts them from the owner', async (t) => {
  const { trial, service, ada, of, gate } = await open(t, 'bob', 'cleo');
  const joining = await of(), { bob, cleo } = trial.people as Record<'bob' | 'cleo', typeof ada>;
  const { hash } = await joining.preview(ada, { contract: service.contract() }, here);
  for (const who of [ada, bob, cleo]) await joining.join(who, { hash, as: 'self' });
  const dishes = { persona: ada.persona, service: service.id, collection: 'dishes' };
  for (const who of [ada, bob]) await gate().data.put(who, dishes, { items: [{ body: { title: `of ${who === ada ? 'ada' : 'bob'}` } }] });
  const seen = async (who: typeof ada): Promise<string> => (JSON.parse(await gate().data.query(who, dishes, { order: ['title'] })) as { items: { body: { title: string } }[] }).items.map(({ body }) => body.title).join(', ');
  const block = (who: typeof ada, whom: typeof ada) => gate().transact(who, who.persona, 'people', (tx) => tx.put('links', { body: { persona: whom.persona, relation: 'block', createdAt: 1 } }));
  const unblock = (who: typeof ada, key: string) => gate().transact(who, who.persona, 'people', (tx) => tx.remove('links', key));
  assert.deepEqual([await seen(ada), await seen(cleo)], ['of ada, of bob', 'of ada, of bob']);
  for (const [one, other] of [[cleo, bob], [bob, cleo]] as const) {
    const { key } = await block(one, other);
    assert.deepEqual([await seen(ada), await seen(cleo)], ['of ada, of bob', 'of ada']);
    await unblock(one, key);
  }
  assert.equal(await seen(cleo), 'of ada, of bob');
  await block(ada, bob);
  assert.deepEqual([await seen(ada), await seen(cleo)], ['of ada, of bob', 'of ada']);
});
