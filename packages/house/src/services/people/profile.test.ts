import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Refusal } from '@commonhold/core';
import { openHouse } from '../../compose.ts';
import type { Person } from '../../testing/house.ts';

const folder = mkdtempSync(join(tmpdir(), 'ch-profile-'));
const pages = new Map<string, string>();
const looked: string[] = [];
let ms = 1_800_000_000_000;
const house = await openHouse({ data: folder }, (error) => { throw error; }, () => ms, {
  fetchPage: async (url) => {
    looked.push(url);
    const page = pages.get(url);
    if (page === undefined) throw new Refusal('unavailable', 'page_unreachable', 'That page did not answer.');
    return page;
  },
});
after(async () => { await house.close(); rmSync(folder, { recursive: true, force: true }); });
const founder = await house.household.setup({ code: house.household.setupCode()!, house: { title: 'Choir' }, person: { handle: 'ada', name: 'Ada', passphrase: 'correct horse battery' }, from: '::1' });
const ada: Person = { kind: 'person', persona: founder.persona, session: founder.session };
const { people, gate } = house;
const send = async (bytes: string) => (await gate.blobs.receive(ada, { persona: ada.persona, service: 'people' }, [Buffer.from(bytes)])).blob;
const SITE = 'https://ada.example/';
const HERE = ['https://house.example/@ada', `https://house.example/@${ada.persona}`];

test('pictures and lines stay until something is said of them; null and an empty list take them away', async () => {
  const picture = { full: await send('full'), small: await send('small'), width: 640, height: 640 };
  const banner = { full: await send('wide'), width: 1500, height: 500, alt: 'The harbour' };
  await people.setProfile(ada, { name: 'Ada', bio: 'Sings.', picture, banner, fields: [{ name: ' Site ', value: ` ${SITE} ` }, { name: 'Sings', value: 'Alto' }] });
  const after1 = await people.setProfile(ada, { name: 'Ada L.', locked: true });
  assert.deepEqual([after1.name, after1.bio, after1.picture, after1.banner, after1.fields], ['Ada L.', null, picture.small, banner, [{ name: 'Site', value: SITE }, { name: 'Sings', value: 'Alto' }]]);
  const [listed] = people.list(ada);
  assert.deepEqual([listed?.picture, 'banner' in listed!, 'fields' in listed!], [picture.small, false, false], 'a list is short');
  assert.ok(gate.blobs.find({ kind: 'anyone' }, { persona: ada.persona, service: 'people', collection: 'profile', key: 'self' }, picture.small) === null, 'for the house alone');
  const after2 = await people.setProfile(ada, { name: 'Ada', picture: null, banner: null, fields: [] });
  assert.deepEqual(['picture' in after2, 'banner' in after2, 'fields' in after2, after2.locked], [false, false, false, true]);
});

test('bytes that were not sent, and lines without words, are refused, and nothing is half done', async () => {
  await assert.rejects(people.setProfile(ada, { name: 'Ada', picture: { full: 'A'.repeat(43), width: 1, height: 1 } }), { code: 'blob_unknown' });
  await assert.rejects(people.setProfile(ada, { name: 'Ada', fields: [{ name: 'Site', value: ' ' }] }), { code: 'bad_field', field: '/fields/0' });
  await assert.rejects(people.setProfile(ada, { name: 'Ada', fields: Array.from({ length: 5 }, () => ({ name: 'a', value: 'b' })) }), { code: 'bad_body' });
  assert.equal(people.profile(ada, 'ada').fields, undefined);
});

test('a line is proved by a page that links back, and stays so while its address stays', async () => {
  await people.setProfile(ada, { name: 'Ada', fields: [{ name: 'Site', value: SITE }, { name: 'Sings', value: 'Alto' }, { name: 'Other', value: 'https://other.example/' }] });
  await assert.rejects(people.verifyField(ada, 1, HERE), { code: 'field_no_address' });
  await assert.rejects(people.verifyField(ada, 3, HERE), { code: 'field_unknown' });
  await assert.rejects(people.verifyField(ada, -1, HERE), { code: 'field_unknown' });
  assert.deepEqual(looked, []);
  await assert.rejects(people.verifyField(ada, 2, HERE), { code: 'page_unreachable' });
  pages.set(SITE, '<a rel="me" href="https://house.example/@bob">somebody else</a>');
  await assert.rejects(people.verifyField(ada, 0, HERE), { code: 'no_link_back' });
  pages.set(SITE, '<a rel="me" href="https://house.example/@Ada/">me</a>');
  const { fields } = await people.verifyField(ada, 0, HERE);
  assert.deepEqual(fields?.map(({ verifiedAt }) => verifiedAt), [ms, undefined, undefined]);
  const renamed = await people.setProfile(ada, { name: 'Ada', fields: [{ name: 'Home page', value: SITE }] });
  assert.deepEqual(renamed.fields, [{ name: 'Home page', value: SITE, verifiedAt: ms }]);
  const moved = await people.setProfile(ada, { name: 'Ada', fields: [{ name: 'Home page', value: `${SITE}new` }] });
  assert.deepEqual(moved.fields, [{ name: 'Home page', value: `${SITE}new` }], 'another address is proved anew');
});

test('a line that changed while the page was read is not the line that was proved', async () => {
  await people.setProfile(ada, { name: 'Ada', fields: [{ name: 'Site', value: SITE }] });
  const looking = people.verifyField(ada, 0, HERE);
  await people.setProfile(ada, { name: 'Ada', fields: [{ name: 'Site', value: 'https://mallory.example/' }] });
  assert.deepEqual((await looking).fields, [{ name: 'Site', value: 'https://mallory.example/' }]);
});

test('the house looks a few times an hour for one person, and no more', async () => {
  ms += 3_600_001;
  await people.setProfile(ada, { name: 'Ada', fields: [{ name: 'Site', value: SITE }] });
  looked.length = 0;
  for (let i = 0; i < 6; i++) await people.verifyField(ada, 0, HERE);
  await assert.rejects(people.verifyField(ada, 0, HERE), { code: 'too_many_checks', retryAfter: 3600 });
  assert.equal(looked.length, 6);
  ms += 3_600_001;
  await people.verifyField(ada, 0, HERE);
});
