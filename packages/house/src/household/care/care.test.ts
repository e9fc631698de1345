import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found, openTrial, person } from '../fixture.ts';

const refused = (code: string) => ({ code });

async function house(t: Parameters<typeof openTrial>[0], handles: string[], capacity = 300) {
  const trial = openTrial(t, { capacity });
  const { household } = trial;
  const ada = await found(household);
  const { invite } = household.invite(ada.persona, { uses: 100 });
  const join = async (handle: string) => household.join({ invite, person: person(handle), from: '::1' });
  const others = [];
  for (const handle of handles) others.push(await join(handle));
  return { ...trial, ada, others, care: household.care, join };
}

test('a steward makes others stewards, and the last one stays', async (t) => {
  const { household, care, ada, others: [bob] } = await house(t, ['bob']);
  const role = () => household.sessionOf(bob!.session)!.role;
  assert.equal(role(), 'member');
  assert.throws(() => care.setRole(ada.persona, ada.persona, 'member'), refused('last_steward'));
  care.setRole(ada.persona, bob!.persona, 'steward');
  assert.equal(role(), 'steward', 'in the session that was open, too');
  care.setRole(bob!.persona, ada.persona, 'member');
  assert.throws(() => care.setRole(bob!.persona, bob!.persona, 'member'), refused('last_steward'));
  assert.throws(() => care.setRole(bob!.persona, 'nobody', 'steward'), refused('person_unknown'));
  care.standings.suspend(bob!.persona, ada.persona, Date.now() * 2);
  assert.throws(() => care.setRole(bob!.persona, ada.persona, 'steward'), refused('not_now'));
  assert.throws(() => care.standings.suspend(bob!.persona, bob!.persona, Date.now() * 2), refused('is_steward'));
  assert.deepEqual(care.notices.of(bob!.persona).map(({ kind, by }) => [kind, by]), [['steward', ada.persona]]);
});

test('a full house keeps a list of who would like to live there, and a free seat makes an invite', async (t) => {
  const { care, ada, now, join } = await house(t, ['bob'], 2);
  const { waiting } = care;
  const add = (contact: string, from = '::1') => waiting.add({ name: ' Kim ', words: 'I sing.', contact, from });
  add('kim@example.org');
  add('KIM@example.org');
  assert.deepEqual(waiting.list().map(({ name, words, contact, invite }) => [name, words, contact, invite]), [['Kim', 'I sing.', 'kim@example.org', null]]);
  await assert.rejects(join('kim'), refused('house_full'));
  assert.throws(() => waiting.invite(ada.persona, waiting.list()[0]!.id), refused('house_full'));
  for (let i = 0; i < 3; i++) add(`other${i}@example.org`);
  assert.throws(() => add('more@example.org'), refused('slow_down'));
  add('elsewhere@example.org', '::2');
  now.ms += 86_400_001;
  add('more@example.org');
  assert.throws(() => add('x', '::3'), refused('bad_text'));
  assert.throws(() => waiting.drop('nobody'), refused('waiter_unknown'));
  const [, other] = waiting.list();
  waiting.drop(other!.id);
  assert.equal(waiting.list().length, 5);
});

test('a free seat makes an invite for one of them, and who moved in waits no more', async (t) => {
  const { household, db, care: { waiting }, ada, others: [bob] } = await house(t, ['bob'], 2);
  waiting.add({ name: 'Kim', words: '', contact: 'kim@example.org', from: '::1' });
  const [kim] = waiting.list();
  db.prepare('DELETE FROM people WHERE persona = ?').run(bob!.persona);
  assert.throws(() => waiting.add({ name: 'Lee', words: '', contact: 'lee@example.org', from: '::1' }), refused('not_full'));
  const { invite, uses } = waiting.invite(ada.persona, kim!.id);
  assert.deepEqual([uses, waiting.list()[0]!.invite], [1, invite]);
  await household.join({ invite, person: person('kim'), from: '::1' });
  assert.deepEqual(waiting.list(), []);
});

test('two hundred wait at most', async (t) => {
  const { care: { waiting } } = await house(t, ['bob'], 2);
  for (let i = 0; i < 200; i++) waiting.add({ name: 'Kim', words: '', contact: `kim${i}@example.org`, from: `::${i}` });
  assert.throws(() => waiting.add({ name: 'Kim', words: '', contact: 'one@example.org', from: '::ffff' }), refused('waiting_full'));
});

test('suspensions end by themselves, are lifted, and outlive a crash; the open log counts without names', async (t) => {
  const trial = await house(t, ['bob']);
  const { care, ada, others: [bob], now, household } = trial;
  const { standings } = care;
  const day = 86_400_000;
  const may = () => { try { household.order.checkMayPublish(bob!.persona); return 'may'; } catch (error) { return (error as { code: string }).code; } };
  assert.throws(() => standings.suspend(ada.persona, bob!.persona, now.ms), refused('bad_until'));
  standings.suspend(ada.persona, bob!.persona, now.ms + day, 'Rest a while.');
  assert.equal(may(), 'suspended');
  assert.throws(() => household.invite(bob!.persona, {}), refused('suspended'));
  assert.deepEqual(trial.crash().household.care.standings.of(bob!.persona), { until: now.ms + day, leaving: false });
  now.ms += day;
  assert.equal(may(), 'may');
  standings.suspend(null, bob!.persona, now.ms + day);
  standings.lift(ada.persona, bob!.persona);
  standings.lift(ada.persona, bob!.persona);
  assert.equal(may(), 'may');
  standings.expel(ada.persona, bob!.persona, 3, 'It does not work out.');
  assert.equal(may(), 'expelled');
  assert.throws(() => standings.suspend(ada.persona, bob!.persona, now.ms + day), refused('is_leaving'));
  standings.lift(ada.persona, bob!.persona);
  assert.deepEqual(care.actions(), [{ month: '2027-01', counts: { expel: 1, keep: 1, lift: 1, suspend: 2 } }]);
  assert.deepEqual(care.notices.of(bob!.persona).map(({ kind }) => kind).sort(), ['expelled', 'kept', 'lifted', 'suspended', 'suspended']);
  const [notice] = care.notices.of(bob!.persona);
  assert.throws(() => care.notices.drop(ada.persona, notice!.id), refused('notice_unknown'), 'each their own');
  care.notices.drop(bob!.persona, notice!.id);
  assert.equal(care.notices.of(bob!.persona).length, 4);
});

test('stewards see the whole tree of invites, members their own line', async (t) => {
  const { household, care, ada, others: [bob, cy] } = await house(t, ['bob', 'cy']);
  const { invite } = household.invite(bob!.persona, {});
  const dee = await household.join({ invite, person: person('dee'), from: '::1' });
  const seen = (persona: string) => care.tree({ persona, role: household.personOf(persona)!.role }).map((one) =>
    `${household.personOf(one.persona)!.handle}<${one.invitedBy === null ? '' : household.personOf(one.invitedBy)!.handle}`).sort();
  assert.deepEqual(seen(ada.persona), ['ada<', 'bob<ada', 'cy<ada', 'dee<bob']);
  assert.deepEqual(seen(bob!.persona), ['ada<', 'bob<ada', 'dee<bob']);
  assert.deepEqual(seen(dee.persona), ['bob<', 'dee<bob'], 'who invited one\'s host is not told');
  assert.deepEqual(seen(cy!.persona), ['ada<', 'cy<ada']);
});
