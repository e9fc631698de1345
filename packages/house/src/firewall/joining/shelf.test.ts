import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyExport } from '@commonhold/core';
import { openTrialHouse } from '../../testing/house.ts';
import { makePotluck } from '../../testing/potluck.ts';

const here = { local: false };

test('what stewards recommend is joined from the shelf, also after the house opened anew; a later version there is offered', async (t) => {
  const trial = await openTrialHouse(['ada', 'bob']);
  t.after(() => trial.close());
  const ada = trial.people['ada']!, bob = trial.people['bob']!, service = makePotluck(trial.house.suite);
  const first = await trial.house.joining();
  const { hash } = await first.preview(ada, { contract: service.contract() }, here);
  assert.throws(() => first.shelve(ada, 'x'.repeat(43), { hash }), { code: 'other_service' });
  assert.deepEqual([first.shelve(ada, service.id, { hash, note: 'For Fridays.' }).note, first.shelf(bob)[0]!.joined], ['For Fridays.', null]);
  await trial.shut();
  await trial.open();
  const joining = await trial.house.joining();
  const mine = await joining.join(bob, { hash });
  assert.deepEqual(joining.shelf(bob)[0]!.joined, { persona: mine.persona });
  const two = await joining.preview(ada, { contract: service.contract((document) => { document['version'] = 2; }) }, here);
  joining.shelve(ada, service.id, { hash: two.hash });
  assert.deepEqual(joining.list(bob)[0]!.offered, { hash: two.hash, version: 2 });
  joining.unshelve(service.id);
  assert.deepEqual(joining.shelf(ada), []);
  assert.equal(joining.get(bob, mine.persona, service.id).version, 1);
});

test('stewards put the shelf in order: what is not named comes after, what is new comes first, and a later version keeps its place', async (t) => {
  const trial = await openTrialHouse(['ada']);
  t.after(() => trial.close());
  const ada = trial.people['ada']!, joining = await trial.house.joining();
  const [one, two, three] = ['one', 'two', 'three'].map((name) => makePotluck(trial.house.suite, name));
  const shelve = async (service: ReturnType<typeof makePotluck>, version = 1) => {
    const { hash } = await joining.preview(ada, { contract: service.contract((document) => { document['version'] = version; }) }, here);
    return joining.shelve(ada, service.id, { hash });
  };
  for (const service of [one!, two!]) await shelve(service);
  const order = () => joining.shelf(ada).map(({ service }) => [one, two, three].findIndex((each) => each!.id === service));
  joining.orderShelf(ada, [two!.id, one!.id]);
  assert.deepEqual(order(), [1, 0]);
  joining.orderShelf(ada, [one!.id, 'x'.repeat(43)]);
  assert.deepEqual(order(), [0, 1]);
  await shelve(one!, 2);
  assert.deepEqual([order(), joining.shelf(ada)[0]!.version], [[0, 1], 2]);
  await shelve(three!);
  assert.deepEqual(joining.orderShelf(ada, [two!.id, three!.id]).map(({ service }) => service), [two!.id, three!.id, one!.id]);
});

for (const as of ['pseudonym', 'self'] as const) {
  test(`the export of one service, joined as ${as}, is whole, and has nothing else in it`, async (t) => {
    const trial = await openTrialHouse(['ada']);
    t.after(() => trial.close());
    const { house } = trial, ada = trial.people['ada']!, service = makePotluck(house.suite), joining = await house.joining();
    const { hash } = await joining.preview(ada, { contract: service.contract() }, here);
    const { persona } = await joining.join(ada, { hash, as });
    const dishes = { persona, service: service.id, collection: 'dishes' };
    await house.gate.data.put(ada, dishes, { items: [{ body: { title: 'Soup' } }] });
    await house.microblog.post(ada, { text: 'Not in it', audience: 'house' });
    await house.gate.data.query({ kind: 'service', service: service.id, key: service.key }, dishes, {});
    const lines = [...house.exportOf(persona, { service: service.id, owner: ada.persona })!];
    const text = lines.join('');
    assert.ok(text.includes('Soup') && text.includes('"type":"access"'));
    assert.equal(text.includes('Not in it') || text.includes('"service":"people"') || (as === 'pseudonym' && text.includes(ada.persona)), false);
    assert.deepEqual((await verifyExport(house.suite, lines.map((line) => Buffer.from(line)))).ok, true);
  });
}
