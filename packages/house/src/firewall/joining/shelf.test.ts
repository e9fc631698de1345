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
  assert.deepEqual([first.shelve(ada, service.id, { hash, note: 'For Fridays.' }).note, first.shelf(bob)[0]!.joined], ['For Fridays.', false]);
  await trial.shut();
  await trial.open();
  const joining = await trial.house.joining();
  const mine = await joining.join(bob, { hash });
  assert.equal(joining.shelf(bob)[0]!.joined, true);
  const two = await joining.preview(ada, { contract: service.contract((document) => { document['version'] = 2; }) }, here);
  joining.shelve(ada, service.id, { hash: two.hash });
  assert.deepEqual(joining.list(bob)[0]!.offered, { hash: two.hash, version: 2 });
  joining.unshelve(service.id);
  assert.deepEqual(joining.shelf(ada), []);
  assert.equal(joining.get(bob, mine.persona, service.id).version, 1);
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
