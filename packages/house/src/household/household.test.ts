import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recoverySeed, entropyOf, toBase64Url, verifyKeyLog } from '@commonhold/core';
import { browserKeyLog, found, openTrial, person, suite } from './fixture.ts';
import { podDeviceKey } from './podDevice.ts';

test('a new house prints one code, which founds it once and is then dead', async (t) => {
  const trial = openTrial(t);
  const { household } = trial;
  const code = household.setupCode()!;
  assert.match(code, /^[a-z]+-[a-z]+-[a-z]+-\d\d$/);
  assert.equal(trial.crash().household.setupCode(), code);
  const told: string[] = [];
  household.listen((event) => told.push(event.type));
  const prepared = household.prepare({ code, from: '::1' });
  const keyLog = browserKeyLog(prepared.podDevice, prepared.house);
  const ada = await household.setup({
    code: ` ${code.toUpperCase().replaceAll('-', ' ')} `, house: { title: ' Choir ', note: 'Hello', rules: ['Be kind', ' '] }, person: person('Ada'), keyLog, label: 'Phone', from: '::1',
  });
  assert.equal(ada.handle, 'ada');
  assert.equal(ada.words, undefined);
  assert.equal(household.setupCode(), null);
  assert.equal(household.sessions(ada.persona)[0]!.device, (keyLog[0]!.statement as { deviceKey: string }).deviceKey, 'the session is of the key that came with it');
  assert.deepEqual([household.settings.get('title'), household.settings.get('rules')], ['Choir', ['Be kind']]);
  assert.deepEqual(told, ['house']);
  const row = household.byHandle('ADA')!;
  assert.deepEqual([row.role, row.recovery, row.persona], ['steward', 'browser', ada.persona]);
  assert.equal(podDeviceKey(suite, trial.secrets.house, row.keySalt), prepared.podDevice);
  assert.equal(trial.pods.get(row.pod)?.persona, ada.persona);
  assert.throws(() => household.prepare({ code, from: '::1' }), { code: 'already_founded' });
  await assert.rejects(household.setup({ code, house: { title: 'x' }, person: person('bob'), from: '::1' }), { code: 'already_founded' });
  assert.equal(trial.crash().household.setupCode(), null);
});

test('two who found at once: one does', async (t) => {
  const { household } = openTrial(t);
  const code = household.setupCode()!;
  const both = await Promise.allSettled(['ada', 'bob'].map((handle) => household.setup({ code, house: { title: handle }, person: person(handle), from: '::1' })));
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
  assert.equal(household.count(), 1);
  assert.equal(household.settings.get('title'), household.people()[0]!.handle);
});

test('whoever brings no keys gets the words once, and they are the recovery key', async (t) => {
  const trial = openTrial(t);
  const ada = await found(trial.household);
  const entropy = entropyOf(ada.words!);
  assert.ok(entropy.ok);
  const log = verifyKeyLog(suite, [...trial.pods.values()][0]!.keyLog);
  assert.ok(log.ok);
  assert.equal(log.value.recoveryKey, toBase64Url(suite.publicKey(recoverySeed(entropy.value))));
  assert.equal(trial.household.personOf(ada.persona)?.recovery, 'house');
});

test('only the exact joining key log is taken', async (t) => {
  const { household } = openTrial(t);
  await found(household);
  const me = { persona: household.people()[0]!.persona, role: 'steward' as const };
  const { invite } = household.invite(me.persona, {});
  const other = household.invite(me.persona, {}).invite;
  const prepared = household.prepare({ invite, from: '::1' });
  const good = browserKeyLog(prepared.podDevice, prepared.house);
  const stranger = browserKeyLog(toBase64Url(suite.publicKey(suite.random(32))), prepared.house);
  const elsewhere = browserKeyLog(prepared.podDevice, `c${'a'.repeat(52)}`);
  const bad: [unknown, string, string?][] = [
    [good.slice(0, 2), 'bad_key_log'], [[good[0], good[2], good[1]], 'bad_key_log'], ['x', 'bad_key_log'], [[...good, good[2]], 'bad_key_log'],
    [[good[0], { ...good[1], signatures: [good[2]!.signatures[0]] }, good[2]], 'bad_key_log'],
    [stranger, 'ticket_unknown'], [elsewhere, 'bad_key_log'], [good, 'ticket_unknown', other],
  ];
  for (const [keyLog, code, by] of bad) {
    await assert.rejects(household.join({ invite: by ?? invite, person: person('bob'), keyLog, from: '::1' }), { code });
  }
  const bob = await household.join({ invite, person: person('bob'), keyLog: good, from: '::1' });
  await assert.rejects(household.join({ invite, person: person('bob2'), keyLog: good, from: '::1' }), { code: 'ticket_unknown' });
  assert.equal(household.personOf(bob.persona)?.invitedBy, me.persona);
});

test('a ticket dies after an hour', async (t) => {
  const { household, now } = openTrial(t);
  const code = household.setupCode()!;
  const { podDevice, house } = household.prepare({ code, from: '::1' });
  now.ms += 3_600_001;
  await assert.rejects(household.setup({ code, house: { title: 'x' }, person: person('ada'), keyLog: browserKeyLog(podDevice, house), from: '::1' }), { code: 'ticket_unknown' });
});

test('handles have one spelling, and collide in any', async (t) => {
  const { household } = openTrial(t);
  await found(household);
  const { invite } = household.invite(household.people()[0]!.persona, {});
  const join = (handle: string) => household.join({ invite, person: { ...person('x'), handle }, from: '::1' });
  for (const taken of ['ada', 'ADA', 'Ａda', ' ada ']) await assert.rejects(join(taken), { code: 'handle_taken', field: 'person.handle' });
  for (const bad of ['', '.ada', 'a b', 'a'.repeat(31), 'äda', 'а', 'a/b']) await assert.rejects(join(bad), { code: 'bad_handle' });
  await assert.rejects(join('House'), { code: 'handle_reserved' });
  for (const name of ['', ' ', 'a\u0000b', 'x\u202Ey', 'n'.repeat(61)]) {
    await assert.rejects(household.join({ invite, person: { ...person('bob'), name }, from: '::1' }), { code: 'bad_name' });
  }
  const race = await Promise.allSettled([join('bob'), join('Bob'), join('BOB')]);
  assert.equal(race.filter((one) => one.status === 'fulfilled').length, 1);
  assert.equal(household.invites({ persona: household.people()[0]!.persona, role: 'steward' })[0]!.left, 9);
});

test('twenty race for the last seat: one sits, and nothing is used up by the others', async (t) => {
  const trial = openTrial(t, { capacity: 3, admission: {} });
  const { household } = trial;
  await found(household);
  const steward = household.people()[0]!.persona;
  const { invite } = household.invite(steward, { uses: 300 });
  await household.join({ invite, person: person('bob'), from: '::1' });
  const race = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => household.join({ invite, person: person(`p${i}`), from: '::1' })));
  const lost = race.filter((one) => one.status === 'rejected').map((one) => (one.reason as { code: string }).code);
  assert.deepEqual([...new Set(lost)], ['house_full']);
  assert.equal(lost.length, 19);
  assert.equal(household.count(), 3);
  assert.equal(trial.pods.size, 3);
  assert.equal(household.invites({ persona: steward, role: 'member' })[0]!.left, 298);
});

test('killed between reserve and create, or between create and activate: the seat and the use come back', async (t) => {
  for (const make of [false, true]) {
    const reached = Promise.withResolvers<void>();
    const trial = openTrial(t, { capacity: 2 });
    await found(trial.household);
    const steward = trial.household.people()[0]!.persona;
    const { invite } = trial.household.invite(steward, { uses: 1 });
    const halting = trial.crash({ admit: (pod) => { if (make) halting.pods.set(pod.pod, pod); reached.resolve(); return new Promise(() => {}); } });
    void halting.household.join({ invite, person: person('bob'), from: '::1' });
    await reached.promise;
    assert.equal(await halting.household.reap(), 0, 'a pod being made is left alone');
    await assert.rejects(halting.household.join({ invite, person: person('bob'), from: '::1' }), { code: 'invite_ended' });

    const after = halting.crash();
    assert.equal(after.household.count(), 1);
    assert.equal(await after.household.reap(), 1);
    assert.equal(await after.household.reap(), 0);
    assert.equal(after.pods.size, 1);
    const bob = await after.household.join({ invite, person: person('bob'), from: '::1' });
    assert.equal(after.crash().household.personOf(bob.persona)?.handle, 'bob', 'activated is durable');
  }
});

test('killed while founding: the code still works', async (t) => {
  const reached = Promise.withResolvers<void>();
  const trial = openTrial(t, { admission: { admit: () => { reached.resolve(); return new Promise(() => {}); } } });
  void found(trial.household);
  await reached.promise;
  const after = trial.crash();
  await after.household.reap();
  assert.equal((await found(after.household)).handle, 'ada');
});

test('a pod that cannot be made gives the seat back at once', async (t) => {
  let full = true;
  const trial = openTrial(t, { admission: { admit: () => { if (full) throw new RangeError('disk full'); } } });
  await assert.rejects(found(trial.household), RangeError);
  full = false;
  await found(trial.household);
  assert.equal(trial.household.count(), 1);
});

test('invites: defaults, note, expiry, ending, who sees and ends which', async (t) => {
  const { household, now } = openTrial(t);
  const ada = await found(household);
  const first = household.invite(ada.persona, { note: ' Sopranos ' });
  assert.match(first.invite, /^([a-z]+-){3}[a-z]+$/);
  assert.deepEqual([first.uses, first.left, first.note, first.expires - now.ms], [10, 10, 'Sopranos', 168 * 3600_000]);
  const bob = await household.join({ invite: first.invite.replaceAll('-', ' '), person: person('bob'), from: '::1' });
  const preview = household.previewInvite(first.invite, '::1');
  assert.deepEqual(preview, { invite: first.invite, note: 'Sopranos', by: { name: 'ADA', persona: ada.persona }, uses: 10, left: 9, expires: first.expires });
  const asBob = { persona: bob.persona, role: 'member' as const };
  const asAda = { persona: ada.persona, role: 'steward' as const };
  assert.throws(() => household.endInvite(asBob, first.invite), { code: 'invite_unknown' });
  const second = household.invite(bob.persona, { uses: 1, hours: 1 });
  assert.deepEqual(household.invites(asBob).map((line) => line.invite), [second.invite]);
  assert.equal(household.invites(asAda).length, 2);
  household.endInvite(asAda, first.invite);
  assert.throws(() => household.previewInvite(first.invite, '::1'), { code: 'invite_ended' });
  now.ms += 3600_000;
  assert.throws(() => household.previewInvite(second.invite, '::1'), { code: 'invite_ended' });
  assert.deepEqual(household.invites(asAda), []);
  for (let i = 0; i < 50; i++) household.invite(ada.persona, {});
  assert.throws(() => household.invite(ada.persona, {}), { code: 'too_many_invites' });
});

test('the kit is shown until it is confirmed', (t) => {
  const trial = openTrial(t);
  const words = trial.household.kit.words();
  assert.equal(words.length, 24);
  trial.household.kit.confirm();
  trial.household.kit.confirm();
  assert.throws(() => trial.household.kit.words(), { code: 'kit_gone' });
  assert.throws(() => trial.crash().household.kit.words(), { code: 'kit_gone' });
});

test('the house describes itself', async (t) => {
  const { household } = openTrial(t);
  await found(household);
  household.describe({ note: 'Thursdays' });
  assert.deepEqual([household.settings.get('title'), household.settings.get('note')], ['Choir', 'Thursdays']);
  for (const title of [' ', 'half a \ud83d']) assert.throws(() => household.describe({ title }), { code: 'bad_text', field: 'title' });
  const me = household.people()[0]!;
  household.rename(me.persona, 'Ada L.');
  household.keys.wroteWords(me.persona);
  assert.deepEqual([household.personOf(me.persona)?.name, household.keys.words(me.persona)], ['Ada L.', { recovery: 'house', wordsWritten: true }]);
});
