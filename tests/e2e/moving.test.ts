import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { photo } from '../../packages/house/src/testing/pictures.ts';
import { makePotluck } from '../../packages/house/src/testing/potluck.ts';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { essenceOf } from '../support/essence.ts';
import { zipped } from '../support/hostile-archives.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, signIn, type Member } from '../support/people.ts';
import { foundIn, readWords } from './keys.ts';
import { look } from './look.ts';
import { assertCalm, enter, forgive, PASSPHRASE, postWith } from './steps.ts';

const FILE = 'Your file from the other house (.zip)';

/** What somebody has in a house: posts for several audiences, a picture, something removed. */
async function live({ client }: Member): Promise<void> {
  const { image } = await client.microblog.sendImage(new Uint8Array(await photo()));
  await client.microblog.post({ text: 'The lamp over the stairs is fixed.', audience: 'everyone', images: [{ ...image, alt: 'A lamp' }] }, 'moving-0000000000000001');
  await client.microblog.post({ text: 'Who has the key to the loft?', audience: 'house' }, 'moving-0000000000000002');
  const { key } = await client.microblog.post({ text: 'Never mind.', audience: 'everyone' }, 'moving-0000000000000003');
  await client.microblog.remove(key);
}

async function download(page: Page, { url }: HouseProcess, folder: string): Promise<string> {
  await page.goto(`${url}/settings/data`);
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download everything' }).click();
  const path = join(folder, 'ada.zip');
  await (await coming).saveAs(path);
  return path;
}

async function comeAlong(page: Page, { url }: HouseProcess, { invite, zip, words }: { invite: string; zip: string; words: string }): Promise<void> {
  await page.goto(`${url}/join/${invite}`);
  await page.getByRole('link', { name: 'I live in another house' }).click();
  await page.getByRole('heading', { name: 'Come as you are' }).waitFor();
  await page.getByLabel(FILE).setInputFiles({ name: 'holiday.zip', mimeType: 'application/zip', buffer: Buffer.from('PK but no more') });
  await page.getByText('This is no file from a house of this kind').waitFor();
  assert.deepEqual(await look(page), []);
  await page.getByLabel(FILE).setInputFiles(zip);
  await page.getByText('This is you.').waitFor();
  await page.getByLabel('Your 24 words, in order').fill(`${words.split(' ').slice(1).join(' ')} lantern`);
  await page.getByLabel('What you are called in this house').fill('ada');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.getByText(/do not belong together|is not one of/).waitFor();
  await page.getByLabel('Your 24 words, in order').fill(words);
  await page.getByRole('button', { name: 'Come in' }).click();
  await page.getByRole('heading', { name: 'Moving in' }).first().waitFor();
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send it to this house' }).click();
  await page.getByText('Everything is here.').waitFor();
  assert.deepEqual(await look(page), []);
}

async function settle(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Live here from now on' }).click();
  await page.getByText('You live here.').waitFor();
}

interface Scene { t: TestContext; browser: Browser; from: HouseProcess; to: HouseProcess; bob: Member }

test('a past and a whole house, brought along in the browser', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const [browser, from, to] = await Promise.all([launch(t), startHouse(t, { data: tempFolder(t, 'from') }), startHouse(t, { data: tempFolder(t, 'to') })]);
  const scene: Scene = { t, browser, from, to, bob: await found(to, 'bob') };
  await t.test('an archive from elsewhere: how much is sent, what came, and what could not; a hostile one is refused in a sentence', () => bringPast(scene));
  await t.test('who one is to a service moves alone: a note, a hand-over, a file, and what it kept is there, paused', () => bringName(scene));
  await t.test('moving house: everything comes along, the words stay there, the old house is told and points on, and it can be taken back', () => move(scene));
});

const note = (n: number): object => ({ type: 'Create', object: { id: `https://old.example/${n}`, type: 'Note', published: '2021-03-01T10:00:00Z', to: ['https://www.w3.org/ns/activitystreams#Public'], content: `<p>Said elsewhere, number ${n}</p>` } });

async function bringPast({ browser, to, bob }: Scene): Promise<void> {
  const watched = await openPage(browser), { page } = watched;
  await enter(watched, to, bob);
  await page.goto(`${to.url}/settings/data`);
  const card = page.getByRole('region', { name: 'Bring your past' });
  const send = async (name: string, buffer: Buffer): Promise<void> => {
    await card.getByLabel('Archive (.zip or .tar.gz)').setInputFiles({ name, mimeType: 'application/zip', buffer });
    await card.getByText(name).waitFor();
    await card.getByRole('button', { name: 'Bring it along' }).click();
  };
  await card.getByRole('button', { name: 'Bring it along' }).click();
  await card.getByText('Choose a file first.').waitFor();
  await send('bomb.zip', await zipped([{ name: 'outbox.json', bytes: Array.from({ length: 40 }, () => Buffer.alloc(2 ** 20)) }]));
  await page.getByText('far more than it can').waitFor();
  const outbox = Buffer.from(JSON.stringify({ orderedItems: [note(1), note(2), { type: 'Announce' }] }));
  const past = await zipped([{ name: 'outbox.json', bytes: [outbox] }, { name: 'actor.json', bytes: [Buffer.from('{"summary":"<p>Hums while sweeping.</p>"}')] }, { name: '../../evil.json', bytes: [outbox] }, { name: 'film.mp4', bytes: [randomBytes(3 * 2 ** 20)], stored: true }]);
  const wire = await page.context().newCDPSession(page);
  const speed = (uploadThroughput: number): Promise<unknown> => wire.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await card.getByText('Give my profile what it lacks').click();
  await speed(2 ** 20);
  await send('past.zip', past);
  await card.getByText(/^[1-9]\d?\s?%$/).waitFor();
  await speed(-1);
  await page.getByText('2 posts came').waitFor();
  await page.getByText('1 thing could not come').click();
  await page.getByText('file name leads elsewhere').waitFor();
  assert.deepEqual(await look(page), []);
  await page.goto(`${to.url}/@bob`);
  await page.getByText('Hums while sweeping.').waitFor();
  await postWith(page, 'Said elsewhere, number 2').waitFor();
  assertCalm(watched, to.url);
  await watched.context.close();
}

async function bringName({ t, browser, to, bob }: Scene): Promise<void> {
  const from = await startHouse(t, { data: tempFolder(t, 'before') }), dora = await found(from, 'dora'), potluck = makePotluck(suite, 'names');
  const { hash } = await dora.client.services.preview({ contract: potluck.contract() as unknown as Record<string, unknown> });
  const { persona, service } = await dora.client.services.join({ hash });
  await dora.client.data.put({ persona, service, collection: 'dishes' }, [{ body: { title: 'Dumplings' } }]);
  const watched = await openPage(browser), { page } = watched;
  await enter(watched, to, bob);
  await page.goto(`${to.url}/services`);
  await page.getByRole('link', { name: 'Bring a name from another house' }).click();
  await page.getByRole('button', { name: 'Send it to this house' }).click();
  await page.getByText('Choose the file that the other house gave you.').waitFor();
  await page.getByRole('button', { name: 'Make a note' }).click();
  await page.getByLabel('Address of the house before').fill(from.url);
  assert.deepEqual(await look(page), []);
  await page.getByRole('button', { name: 'Open that house' }).click();
  await page.waitForURL(`${from.url}/moved/name`);
  assert.deepEqual(await look(page), []);
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('Handle').fill('dora');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Hand it over' }).click();
  await page.getByText('Choose one.').waitFor();
  await page.getByRole('radio', { name: 'Potluck' }).check();
  assert.deepEqual(await look(page), []);
  await page.getByRole('button', { name: 'Hand it over' }).click();
  const coming = page.waitForEvent('download'), file = join(tempFolder(t, 'name'), 'potluck.jsonl');
  await page.getByRole('link', { name: 'Save the file' }).click();
  await (await coming).saveAs(file);
  assert.deepEqual(await look(page), []);
  assert.equal(watched.requests.some((url) => url.includes('#')), false);
  await page.goto(`${from.url}/services/${persona}/${service}`);
  await page.getByText('lives in another house now').waitFor();
  assert.deepEqual(await look(page), []);
  // Two houses of one machine share a cookie: what was said to the one has put out the other.
  await enter(watched, to, bob);
  await page.goto(`${to.url}/services/bring`);
  await page.getByLabel('The file from the house before (.jsonl)').setInputFiles(file);
  await page.getByRole('button', { name: 'Send it to this house' }).click();
  await page.waitForURL(`${to.url}/services/${persona}/${service}`);
  await page.getByText('nobody but you reads or writes').waitFor();
  const { items } = await bob.client.data.query<{ title: string }>({ persona, service, collection: 'dishes' });
  assert.deepEqual(items.map(({ body }) => body.title), ['Dumplings']);
  assertCalm(watched, from.url, to.url);
  await watched.context.close();
}

async function move({ t, browser, from, to, bob }: Scene): Promise<void> {
  const old = await openPage(browser), fresh = await openPage(browser);
  await foundIn(old.page, from);
  const words = await readWords(old.page, from);
  const ada = await signIn(from, 'ada');
  await live(ada);
  const zip = await download(old.page, from, tempFolder(t, 'zip'));
  const before = await essenceOf(from, ada);
  const { invite } = await bob.client.invites.make();
  await comeAlong(fresh.page, to, { invite, zip, words });
  await send(fresh.page);

  // The same records and files, by hash; then the key log has this browser, the house's device and the home.
  const there = await signIn(to, 'ada');
  assert.equal(there.persona, ada.persona);
  assert.deepEqual(await essenceOf(to, there), before);
  await settle(fresh.page);
  const log = await there.client.keys.log();
  assert.deepEqual(log.statements.slice(-3).map(({ statement }) => statement.type), ['add-device', 'add-device', 'set-home']);
  assert.equal(JSON.stringify([fresh.requests, log]).includes(words.split(' ').slice(0, 3).join(' ')), false);
  assert.deepEqual((await bob.client.microblog.by(ada.persona)).items.map(({ body }) => body.text), ['The lamp over the stairs is fixed.']);
  assert.equal((await bob.client.people.get('ada')).name, 'Ada Lovelace');

  // The old house is told where the person is logged in, by a note in the address that is sent to no house.
  const { page } = fresh;
  await page.getByLabel('Address of the house before').fill(from.url);
  assert.deepEqual(await look(page), []);
  await page.getByRole('button', { name: 'Open it and tell it' }).click();
  await page.waitForURL(`${from.url}/moved`);
  await page.getByRole('link', { name: 'Log in' }).click();
  await page.getByLabel('Handle').fill('ada');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Tell this house' }).waitFor();
  assert.deepEqual(await look(page), []);
  await page.getByRole('button', { name: 'Tell this house' }).click();
  await page.getByText('This house knows.').waitFor();
  assert.equal(fresh.requests.some((url) => url.includes('/moved#')), false);
  await assert.rejects(ada.client.microblog.post({ text: 'Am I still here?', audience: 'house' }, 'moving-0000000000000004'), { code: 'pod_moved' });
  assert.equal((await ada.client.people.get('ada')).movedTo, (await to.client().house.get()).id);
  await page.goto(`${from.url}/@ada`);
  await page.getByText('has moved to another house').waitFor();
  await page.getByRole('link', { name: `${to.url.replace('http://', '')}/@ada` }).waitFor();
  await there.client.microblog.post({ text: 'Boxes everywhere.', audience: 'house' }, 'moving-0000000000000005');

  // The first browser still may take it back.
  await old.page.goto(from.url);
  await old.page.getByRole('heading', { name: 'Your pod is moving to another house' }).waitFor();
  await old.page.getByRole('button', { name: 'Take it back', exact: true }).click();
  await old.page.getByText('Taken back.').waitFor();
  await ada.client.microblog.post({ text: 'Home again.', audience: 'house' }, 'moving-0000000000000006');
  await old.page.goto(from.url);
  await postWith(old.page, 'Home again.').waitFor();
  forgive(fresh, /410/);
  for (const watched of [old, fresh]) assertCalm(watched, from.url, to.url);
}
