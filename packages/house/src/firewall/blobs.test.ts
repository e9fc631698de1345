import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { linesOf, newSalt, Refusal, verifyExport } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { ALBUM } from '../testing/album.ts';
import { openTrialFirewall, type TrialFirewall } from '../testing/firewall.ts';
import { phoneOf } from '../testing/phone.ts';
import type { Damage } from './verify/damage.ts';
import { verifyPod } from './verify/pod.ts';

const DAY = 86_400_000;
const SHELF = { ...ALBUM, service: { ...ALBUM.service, id: 'shelf', name: 'shelf', title: 'Shelf' } };
const nameOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');
const PICTURE = Buffer.from('GIF89a, a picture'), OTHER = Buffer.from('another picture');

/** Ada's album, as she and others come by it. */
function openAlbum(t: TestContext) {
  const trial = openTrialFirewall(['ada', 'bob'], ALBUM, SHELF);
  t.after(() => trial.close());
  const { ada, bob } = trial.people as { ada: TrialFirewall['people'][string]; bob: TrialFirewall['people'][string] };
  const place = (service = 'album', collection = 'pages') => ({ persona: ada.persona, service, collection });
  const folder = join(trial.folder, 'pods', `pod-${ada.persona}.blobs`);
  return {
    trial, ada, bob, folder, place,
    file: join(trial.folder, 'pods', `pod-${ada.persona}.db`),
    files: () => (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map(({ name }) => name).sort() : []),
    send: (bytes: Uint8Array, service = 'album') => trial.firewall.gate.blobs.receive(ada, { persona: ada.persona, service }, [bytes], bytes.length),
    put: async (body: object, more: object = {}) => (await trial.firewall.gate.data.put(ada, place(), { items: [{ body, ...more }] })).items[0]!.key,
    remove: (key: string) => trial.firewall.gate.data.remove(ada, place(), { where: { $key: { eq: key } } }),
    find: (who: Parameters<TrialFirewall['firewall']['gate']['get']>[0], key: string, bytes: Uint8Array, service = 'album') => trial.firewall.gate.blobs.find(who, { ...place(service), key }, nameOf(bytes)),
  };
}

const hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('bytes stay as long as a record names them, however it is changed, and go with the last one', async (t) => {
  const { ada, send, put, remove, find, files, trial } = openAlbum(t);
  await send(PICTURE);
  await send(OTHER);
  const [one, two] = [await put({ front: nameOf(PICTURE), back: nameOf(OTHER) }), await put({ shots: [{ picture: nameOf(PICTURE) }, { picture: nameOf(PICTURE) }] })];
  await put({ title: 'Sea', front: nameOf(PICTURE), back: nameOf(OTHER) }, { key: one });
  await put({ title: 'Sea', front: nameOf(PICTURE), back: nameOf(OTHER) }, { key: one, audience: 'everyone' });
  assert.deepEqual(files(), [hex(PICTURE), hex(OTHER)].sort());
  await put({ front: nameOf(PICTURE) }, { key: one });
  assert.deepEqual(files(), [hex(PICTURE)], 'nobody names the other any more');
  assert.equal(find(ada, one, OTHER), null);
  await assert.rejects(put({ front: nameOf(OTHER) }), { code: 'blob_unknown', field: '/items/0/body/front' });
  await remove(one);
  assert.deepEqual(files(), [hex(PICTURE)]);
  assert.equal(find(ada, two, PICTURE)?.bytes, PICTURE.length);
  trial.reopen();
  await remove(two);
  assert.deepEqual(files(), []);
  await send(PICTURE);
  assert.deepEqual(files(), [hex(PICTURE)]);
});

test('a write that is undone names nothing and lets go of nothing', async (t) => {
  const { send, put, files, place, ada, find, trial } = openAlbum(t);
  await send(PICTURE);
  const key = await put({ front: nameOf(PICTURE) });
  const data = trial.firewall.gate.data;
  const wrong = [{ key, body: {} }, { body: { front: nameOf(OTHER) } }];
  const [alone, beside, good] = await Promise.allSettled([data.put(ada, place(), { items: wrong }), data.put(ada, place(), { items: wrong }), data.put(ada, place(), { items: [{ body: { title: 'good' } }] })]);
  assert.deepEqual([alone.status, beside.status, good.status], ['rejected', 'rejected', 'fulfilled']);
  assert.deepEqual(files(), [hex(PICTURE)]);
  assert.equal(find(ada, key, PICTURE)?.bytes, PICTURE.length);
});

test('whoever may read a field may have what it names, and nobody else learns that it is there', async (t) => {
  const { ada, bob, send, put, find, trial } = openAlbum(t);
  for (const bytes of [PICTURE, OTHER]) await send(bytes);
  const key = await put({ front: nameOf(PICTURE), back: nameOf(OTHER) }, { audience: 'everyone' });
  const anyone = { kind: 'anyone' } as const;
  const seen = [ada, bob, anyone].map((who) => [find(who, key, PICTURE)?.bytes, find(who, key, OTHER)?.bytes]);
  assert.deepEqual(seen, [[PICTURE.length, OTHER.length], [PICTURE.length, undefined], [PICTURE.length, undefined]]);
  const hidden = await put({ front: nameOf(PICTURE) }, { audience: 'only-me' });
  assert.deepEqual([find(bob, hidden, PICTURE), find(anyone, hidden, PICTURE)], [null, null]);
  const counted = [...trial.firewall.exportOf(ada.persona)!].map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ type, refused, verb }) => type === 'access' && !refused && verb === 'read');
  assert.deepEqual(counted.map(({ service, collection, count }) => [service, collection, count]), [['album', 'pages', 1], ['album', 'pages', 1]], 'each is a delivery of the record');
});

test('blobs are of one service and one pod, and of whoever sent them', async (t) => {
  const { ada, bob, send, put, place, trial } = openAlbum(t);
  const { gate } = trial.firewall;
  await send(PICTURE, 'shelf');
  await assert.rejects(put({ front: nameOf(PICTURE) }), { code: 'blob_unknown' });
  await send(PICTURE);
  await assert.rejects(gate.data.put(bob, { ...place(), persona: bob.persona }, { items: [{ body: { front: nameOf(PICTURE) } }] }), { code: 'blob_unknown' });
  // A stranger's offer names nothing: not what is there, and not what is not.
  for (const bytes of [PICTURE, OTHER]) {
    const offering = gate.transact(bob, ada.persona, 'album', (tx) => tx.accept({
      offer: { author: bob.persona, owner: ada.persona, service: 'album', collection: 'cards', key: `${bob.persona}/${'A'.repeat(22)}`, op: 'put', base: null, expiry: 2e12 },
      hash: 'h', text: '{}', body: { front: nameOf(bytes) }, salt: newSalt(nobleSuite),
    }));
    await assert.rejects(offering, { code: 'blob_unknown', field: '/front' });
  }
  await assert.rejects(gate.blobs.receive(bob, { persona: ada.persona, service: 'album' }, [PICTURE]), { code: 'not_found' });
  await assert.rejects(gate.blobs.receive(ada, { persona: ada.persona, service: 'news' }, [PICTURE]), { code: 'no_blobs' });
});

test('what nobody names within a day is swept, and so is what a crash left', async (t) => {
  const { send, put, files, folder, trial, ada } = openAlbum(t);
  const pods = [`pod-${ada.persona}`];
  for (const bytes of [PICTURE, OTHER]) await send(bytes);
  await put({ front: nameOf(PICTURE) });
  const [left, part] = [Buffer.from('renamed, and then the power went'), `${crypto.randomUUID()}.part`];
  const sub = join(folder, hex(left).slice(0, 2));
  mkdirSync(sub, { recursive: true });
  writeFileSync(join(sub, hex(left)), left);
  writeFileSync(join(folder, part), 'half');
  writeFileSync(join(folder, 'notes.txt'), 'somebody put this here');
  trial.reopen();
  await trial.firewall.sweepBlobs(pods);
  assert.deepEqual(files(), [hex(PICTURE), hex(OTHER), 'notes.txt'].sort());
  trial.clock.ms += DAY - 1;
  await trial.firewall.sweepBlobs(pods);
  assert.equal(files().length, 3);
  await send(OTHER);
  trial.clock.ms += 3_600_000;
  await trial.firewall.sweepBlobs(pods);
  assert.equal(files().length, 3, 'sent again, it has another day');
  trial.clock.ms += DAY;
  await trial.firewall.sweepBlobs(pods);
  assert.deepEqual(files(), [hex(PICTURE), 'notes.txt'].sort());
});

test('a source that fails in the middle leaves nothing, and a pod that is dropped takes its blobs along', async (t) => {
  const { ada, send, files, folder, trial } = openAlbum(t);
  const broken = async function* () { yield PICTURE; throw new Refusal('invalid', 'body_cut_short', 'The body ended before it was whole.'); };
  await assert.rejects(trial.firewall.gate.blobs.receive(ada, { persona: ada.persona, service: 'album' }, broken()), { code: 'body_cut_short' });
  const endless = async function* () { for (;;) yield Buffer.alloc(2 ** 20); };
  await assert.rejects(trial.firewall.gate.blobs.receive(ada, { persona: ada.persona, service: 'album' }, endless()), { code: 'blob_too_big' });
  assert.deepEqual(files(), []);
  await send(PICTURE);
  trial.firewall.evict(`pod-${ada.persona}`);
  assert.equal(existsSync(folder), false);
});

test('an export carries every blob that is named, whole, as of one moment', async (t) => {
  const { ada, send, put, remove, files, trial } = openAlbum(t);
  const big = randomBytes(5 * 2 ** 19 + 3);
  for (const bytes of [PICTURE, big, OTHER]) await send(bytes);
  await put({ front: nameOf(PICTURE) });
  const key = await put({ shots: [{ picture: nameOf(big) }] });
  const lines = trial.firewall.exportOf(ada.persona)![Symbol.iterator]();
  const text = [String(lines.next().value)];
  await remove(key);
  assert.equal(files().length, 3, 'while somebody reads, nothing goes');
  for (let line = lines.next(); !line.done; line = lines.next()) text.push(line.value);
  assert.equal(files().length, 2);
  const verdict = await verifyExport(trial.suite, linesOf([Buffer.from(text.join(''))]));
  assert.ok(verdict.ok, JSON.stringify(verdict));
  assert.deepEqual(verdict.value.blobs, { count: 2, bytes: PICTURE.length + big.length });
  assert.equal(text.filter((line) => line.startsWith('{"type":"blob"')).length, 4);
});

test('what lost in a conflict keeps its bytes until somebody decides', async (t) => {
  for (const choice of ['keep', 'other', 'both'] as const) {
    const { trial, ada, send, put, files, find, file } = openAlbum(t);
    const { gate, records } = trial.firewall;
    for (const bytes of [PICTURE, OTHER]) await send(bytes);
    const phone = phoneOf(trial, ada.persona, { service: 'album', collection: 'pages', audience: `house:${trial.house}` });
    const key = await put({ title: 'first' });
    const base = { id: (JSON.parse(gate.get(ada, ada.persona, 'album', 'pages', key)!) as { version: string }).version, rev: 1 };
    await put({ front: nameOf(PICTURE) }, { key });
    trial.clock.ms += 1000;
    phone.put(key, { front: nameOf(OTHER) }, base);
    assert.equal((await records.receive(ada, ada.persona, phone.text())).conflicts, 1);
    assert.deepEqual([find(ada, key, PICTURE), find(ada, key, OTHER)?.bytes], [null, OTHER.length], 'only the winner is served');
    assert.equal(files().length, 2);
    await put({ title: 'later', front: nameOf(OTHER) }, { key });
    assert.equal(files().length, 2, 'an edit decides nothing');
    await records.repair(ada, records.repairs(ada).conflicts[0]!.id, choice);
    assert.deepEqual(files(), { keep: [hex(OTHER)], other: [hex(PICTURE)], both: [hex(PICTURE), hex(OTHER)].sort() }[choice], choice);
    const verdict = await verifyExport(trial.suite, linesOf([Buffer.from([...trial.firewall.exportOf(ada.persona)!].join(''))]));
    assert.ok(verdict.ok, JSON.stringify(verdict));
    trial.firewall.close();
    assert.deepEqual(damages({ file, trial, ada })[0], []);
  }
});

test('what waits for its time keeps the bytes that it names, however long', async (t) => {
  for (const choice of ['wait', 'drop', 'accept'] as const) {
    const { trial, ada, send, files, find, file } = openAlbum(t);
    const { records } = trial.firewall;
    const phone = phoneOf(trial, ada.persona, { service: 'album', collection: 'pages', audience: `house:${trial.house}` });
    const key = phone.key();
    phone.ahead(3 * DAY);
    phone.put(key, { front: nameOf(PICTURE) });
    await assert.rejects(records.receive(ada, ada.persona, phone.text()), { code: 'blob_unknown' });
    await send(PICTURE);
    assert.equal((await records.receive(ada, ada.persona, phone.text())).parked, 1);
    trial.clock.ms += 2 * DAY;
    await trial.firewall.sweepBlobs([`pod-${ada.persona}`]);
    assert.deepEqual([files(), find(ada, key, PICTURE)], [[hex(PICTURE)], null]);
    const verdict = await verifyExport(trial.suite, linesOf([Buffer.from([...trial.firewall.exportOf(ada.persona)!].join(''))]));
    assert.ok(verdict.ok, JSON.stringify(verdict));
    if (choice !== 'wait') await records.repair(ada, records.repairs(ada).parked[0]!.id, choice);
    trial.clock.ms += 2 * DAY;
    await trial.firewall.settle();
    await trial.firewall.sweepBlobs([`pod-${ada.persona}`]);
    assert.equal(find(ada, key, PICTURE)?.bytes, choice === 'drop' ? undefined : PICTURE.length, choice);
    assert.deepEqual(files(), choice === 'drop' ? [] : [hex(PICTURE)]);
    trial.firewall.close();
    assert.deepEqual(damages({ file, trial, ada })[0], []);
  }
});

test('a draft of one\'s own keeps its bytes, on this pod alone', async (t) => {
  const { trial, ada, send, files, place, file } = openAlbum(t);
  const { gate } = trial.firewall;
  await send(PICTURE);
  const drafts = place('album', 'drafts');
  await gate.data.put(ada, drafts, { items: [{ body: { front: nameOf(PICTURE) } }] });
  trial.clock.ms += 2 * DAY;
  await trial.firewall.sweepBlobs([`pod-${ada.persona}`]);
  assert.deepEqual(files(), [hex(PICTURE)]);
  assert.ok(![...trial.firewall.exportOf(ada.persona)!].some((line) => line.includes(nameOf(PICTURE))));
  const [{ key } = { key: '' }] = (JSON.parse(await gate.data.query(ada, drafts, {})) as { items: { key: string }[] }).items;
  assert.equal(gate.blobs.find(ada, { ...drafts, key }, nameOf(PICTURE))?.bytes, PICTURE.length);
  trial.firewall.close();
  assert.deepEqual(damages({ file, trial, ada })[0], []);
  trial.reopen();
  await trial.firewall.gate.data.remove(ada, drafts, { where: { $key: { eq: key } } });
  assert.deepEqual(files(), []);
});

function damages({ trial, ada, file }: Pick<ReturnType<typeof openAlbum>, 'trial' | 'ada' | 'file'>): [Damage[], ReturnType<typeof verifyPod>] {
  const told: Damage[] = [];
  const tally = verifyPod(trial.suite, { path: file, file: 'pods/ada.db', persona: ada.persona, handle: 'ada', device: null, house: null }, { tell: (damage) => { told.push(damage); }, step: () => {}, changes: () => {} });
  return [told, tally];
}

test('a check of a pod tells of bytes that are missing, changed, or not its own', async (t) => {
  const album = openAlbum(t);
  const { send, put, folder, trial } = album;
  const many = [1, 2, 3, 4].map((n) => Buffer.from(`picture ${n}`));
  for (const bytes of many) await send(bytes);
  await put({ shots: many.map((bytes) => ({ picture: nameOf(bytes) })) });
  trial.firewall.close();
  assert.deepEqual(damages(album)[0], []);
  const place = (bytes: Uint8Array): string => join(folder, hex(bytes).slice(0, 2), hex(bytes));
  const [gone, cut, changed, longer] = many.map(place) as [string, string, string, string];
  rmSync(gone);
  truncateSync(cut, 3);
  writeFileSync(changed, 'Picture 3');
  writeFileSync(longer, 'x', { flag: 'a' });
  writeFileSync(join(folder, `${crypto.randomUUID()}.part`), '');
  writeFileSync(join(dirname(changed), 'thumbs.db'), '');
  const [told, tally] = damages(album);
  assert.deepEqual(told.map(({ file, code }) => [file, code]).sort(), [
    [gone, 'blob_missing'], [cut, 'blob_changed'], [changed, 'blob_changed'], [longer, 'blob_changed'], [join(dirname(changed), 'thumbs.db'), 'blob_stray'],
  ].map(([path, code]) => [path!.replace(dirname(folder), 'pods'), code]).sort());
  assert.deepEqual([tally.blobs, tally.leftovers], [4, 1]);
  assert.ok(told.every(({ who }) => who === '@ada'));
});

test('a check of a pod tells where its notes of names are not what its records say', async (t) => {
  const album = openAlbum(t);
  const { send, put, trial, file } = album;
  for (const bytes of [PICTURE, OTHER]) await send(bytes);
  await put({ front: nameOf(PICTURE) });
  trial.firewall.close();
  const change = async (sql: string): Promise<string[]> => {
    const copy = readFileSync(file);
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
    const codes = damages(album)[0].map(({ code, thing }) => `${code} ${thing}`);
    for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
    writeFileSync(file, copy);
    return codes;
  };
  const [picture, other] = [nameOf(PICTURE), nameOf(OTHER)];
  assert.deepEqual(await change('DELETE FROM blob_names'), [`blob_names blob ${picture} (album.pages)`]);
  assert.deepEqual(await change(`UPDATE blob_names SET blob = '${other}'`), [`blob_names blob ${picture} (album.pages)`]);
  assert.deepEqual(await change(`UPDATE blob_names SET key = 'x', blob = '${other}'`), [`blob_names blob ${picture} (album.pages)`, `blob_names blob ${other} (album.pages)`]);
  assert.deepEqual(await change(`DELETE FROM blobs WHERE blob = '${picture}'`), [`blob_unknown blob ${picture} (album.pages)`]);
});
