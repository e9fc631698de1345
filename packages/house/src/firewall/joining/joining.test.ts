import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { signContract, verifyJoined, verifyKeyLog } from '@commonhold/core';
import { openTrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';
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
