import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { foundIn } from '../support/bytes.ts';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';
import { look } from './look.ts';
import { assertCalm, enter, until } from './steps.ts';
import { comeIn, mine } from './walk-potluck.ts';

interface Listed { house: HouseProcess; member: Member; watched: WatchedPage }
interface Scene { browser: Browser; book: ServiceProcess; folder: string; zoe: Listed; kim: Listed; stranger: WatchedPage; lookAt: (page: Page, name: string) => Promise<void> }

test('the Address Book’s own page: people of two houses say what they are found by, line by line to whom, are found, and vanish', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const folder = tempFolder(t, 'book');
  const houses = await Promise.all([startHouse(t, { data: tempFolder(t) }), startHouse(t, { data: tempFolder(t) })]);
  const book = await startService(t, 'address-book', { data: folder, house: houses[0].url, args: ['--house', houses[1].url] });
  const listed = async (house: HouseProcess, handle: string, locale: string): Promise<Listed> => {
    const member = await found(house, handle);
    const watched = await openPage(browser, { locale });
    await enter(watched, house, member);
    return { house, member, watched };
  };
  const findings: string[] = [];
  const lookAt: Scene['lookAt'] = async (page, name) => { for (const finding of await look(page)) findings.push(`${name} ${finding}`); };
  const scene: Scene = { browser, book, folder, zoe: await listed(houses[0], 'zoe', 'en-GB'), kim: await listed(houses[1], 'kim', 'de-DE'), stranger: await openPage(browser), lookAt };
  let whole = true;
  // Each part begins where the one before it ended.
  for (const [name, part] of PARTS) if (whole) await t.test(name, async () => { whole = false; await part(scene); whole = true; });
  assert.deepEqual(findings, []);
  for (const watched of [scene.zoe.watched, scene.kim.watched, scene.stranger]) assertCalm(watched, ...houses.map(({ url }) => url), book.origin);
});

/** Looks for somebody in English; answers the people on the page. */
async function find(page: Page, by: string, what: string): Promise<string[]> {
  await page.getByLabel('By').selectOption({ label: by });
  await page.getByLabel('What', { exact: true }).first().fill(what);
  const answered = page.waitForResponse((answer) => answer.url().endsWith('/search') && answer.ok());
  await page.getByRole('button', { name: 'Look' }).click();
  await answered;
  await page.getByRole('heading', { name: /^(One person|\d+ people|Nobody says this of themselves here\.)$/ }).waitFor();
  return page.locator('#people .name').allInnerTexts();
}

/** Puts a line in, in English. */
async function add(page: Page, [kind, value, audience]: readonly [string, string, string]): Promise<void> {
  const form = page.locator('#add');
  await form.getByLabel('What').selectOption({ label: kind });
  await form.getByLabel('Which').fill(value);
  await form.getByLabel('Who may see it').selectOption({ label: audience });
  await form.getByRole('button', { name: 'Put it in' }).click();
  await page.getByText('It is in.').waitFor();
}

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['a stranger may look, and finds nobody yet', async ({ book, stranger: { page }, lookAt }) => {
    await page.goto(book.origin);
    await page.getByRole('heading', { name: 'Be found' }).waitFor();
    await lookAt(page, 'address-book');
    assert.deepEqual(await find(page, 'Name', 'Zoë'), []);
    await page.getByText('found when you are in').waitFor();
  }],

  ['one joins by the contract, and says for each line who may see it; an e-mail address leaves the page as a hash alone', async ({ book, zoe: { watched: { page }, member, house }, lookAt }) => {
    await page.goto(book.origin);
    await page.getByLabel('Your house').fill(house.url);
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.getByRole('link', { name: 'Look at its contract' }).click();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('link', { name: 'Open Address Book' }).click();
    await comeIn(page);
    await page.getByText('Nothing yet: nobody finds you here.').waitFor();
    const sent: string[] = [];
    page.on('request', (request) => { sent.push(request.postData() ?? ''); });
    for (const line of [['Name', 'Zoë Quill', 'Everyone'], ['Handle', '@zoe', 'Everyone who joined'], ['Interest', 'Beekeeping', 'Everyone who joined'], ['Interest', 'Night trains', 'My friends here'], ['E-mail address', 'Zoe@Example.org', 'Everyone who joined']] as const) await add(page, line);
    assert.ok(sent.some((body) => body.includes('email_hash')));
    assert.deepEqual(sent.filter((body) => /example\.org/i.test(body)), []);
    const [persona, service] = await mine(member);
    const { items } = await member.client.data.query({ persona, service, collection: 'facts' });
    assert.deepEqual(items.map(({ audience }) => audience).sort(), ['everyone', 'linked', 'members', 'members', 'members']);
    await lookAt(page, 'address-book-in');
  }],

  ['a stranger finds what is for everyone and nothing else of them', async ({ stranger: { page }, zoe }) => {
    assert.deepEqual(await find(page, 'Name', ' zoe '), ['Zoë Quill']);
    await page.getByText(`in ${new URL(zoe.house.url).host}`).waitFor();
    assert.equal(await page.getByText('Beekeeping').count(), 0);
    assert.deepEqual(await find(page, 'Interest', 'bee'), []);
    assert.deepEqual(await find(page, 'E-mail address', 'zoe@example.org'), []);
  }],

  ['somebody of another house, in another language, finds by name, handle, interest and e-mail address; what is for friends stays away', async ({ book, kim: { watched: { page }, house, member }, lookAt }) => {
    const { hash } = await member.client.services.preview({ address: book.origin });
    await member.client.services.join({ hash });
    await page.goto(book.origin);
    await page.getByLabel('Dein Haus').fill(house.url);
    await comeIn(page, { come: 'Eintreten', allow: 'Einlassen' });
    await page.getByText('Hier findet dich niemand.').waitFor();
    for (const [by, what] of [['Name', 'zoë q'], ['Handle', '@zoe'], ['Interesse', 'beekeep'], ['E-Mail-Adresse', 'zoe@example.org']] as const) {
      await page.getByLabel('Nach').selectOption({ label: by });
      await page.locator('#wanted').fill(what);
      await page.getByRole('button', { name: 'Suchen' }).click();
      await page.getByRole('heading', { name: 'Eine Person' }).waitFor();
      assert.deepEqual(await page.locator('#people .name').allInnerTexts(), ['Zoë Quill'], by);
      await page.locator('#people').getByText('Beekeeping').waitFor();
      await page.locator('#wanted').fill('nobody');
      await page.locator('#by').selectOption({ label: 'Name' });
      await page.getByRole('button', { name: 'Suchen' }).click();
      await page.getByRole('heading', { name: 'Das sagt hier niemand von sich.' }).waitFor();
    }
    await page.locator('#wanted').fill('zoë');
    await page.getByRole('button', { name: 'Suchen' }).click();
    assert.equal(await page.getByRole('link', { name: '@zoe' }).getAttribute('href').then((href) => new URL(href!).pathname), '/@zoe');
    assert.equal(await page.getByText('Night trains').count(), 0);
    assert.equal(await page.getByRole('button', { name: /^Befreunden/ }).count(), 0, 'lines for friends are for friends of one house');
    await lookAt(page, 'address-book-found');
  }],

  ['a line for friends is seen by whom one made a friend, from their next look until one ends it; nobody else sees it', async ({ book, browser, zoe, kim, lookAt }) => {
    const lea = await join(zoe.house, (await zoe.member.client.invites.make({})).invite, 'lea');
    await lea.client.services.join({ hash: (await lea.client.services.preview({ contract: (await zoe.member.client.services.get(...await mine(zoe.member))).contract })).hash });
    const leas = await openPage(browser);
    await enter(leas, zoe.house, lea);
    await leas.page.goto(book.origin);
    await leas.page.getByLabel('Your house').fill(zoe.house.url);
    await comeIn(leas.page);
    await add(leas.page, ['Name', 'Lea', 'Everyone who joined']);
    const seen = async (times: number): Promise<void> => {
      assert.deepEqual(await find(leas.page, 'Name', 'zoe'), ['Zoë Quill']);
      await until(() => leas.page.locator('#people').getByText('Night trains').count(), (n) => n === times);
    };
    await seen(0);
    const { page } = zoe.watched;
    await find(page, 'Name', 'lea');
    await page.getByRole('button', { name: 'Make a friend: Lea' }).click();
    await page.getByText('Lea now sees your lines for friends.').waitFor();
    await lookAt(page, 'address-book-friend');
    await seen(1);
    assert.deepEqual(await find(leas.page, 'Interest', 'night'), [], 'the book itself knows nothing of it');
    await kim.watched.page.reload();
    await kim.watched.page.locator('#wanted').fill('zoë');
    await kim.watched.page.getByRole('button', { name: 'Suchen' }).click();
    await kim.watched.page.getByRole('heading', { name: 'Eine Person' }).waitFor();
    assert.equal(await kim.watched.page.getByText('Night trains').count(), 0);
    await page.getByRole('button', { name: 'No friend any more: Lea' }).click();
    await page.getByText('Lea sees your lines for friends no more.').waitFor();
    await seen(0);
    assertCalm(leas, zoe.house.url, book.origin);
    await leas.context.close();
  }],

  ['who may see a line is changed where it stands; a line goes after five seconds, or stays', async ({ zoe: { watched: { page } }, stranger }) => {
    await page.getByLabel('Who may see Beekeeping').selectOption({ label: 'Everyone' });
    await page.getByText('From now on for: Everyone.').waitFor();
    assert.deepEqual(await find(stranger.page, 'Interest', 'bee'), ['Zoë Quill']);
    await page.getByLabel('Who may see Beekeeping').selectOption({ label: 'Nobody but me' });
    await page.getByText('From now on for: Nobody but me.').waitFor();
    assert.deepEqual(await find(stranger.page, 'Interest', 'bee'), []);
    await page.getByRole('button', { name: 'Take out: Zoë Quill' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.deepEqual(await find(stranger.page, 'Name', 'zoe'), ['Zoë Quill']);
    await page.getByRole('button', { name: 'Take out: Zoë Quill' }).click();
    await page.getByText('Zoë Quill is out.').waitFor();
    await until(() => find(stranger.page, 'Name', 'zoe'), (people) => people.length === 0);
  }],

  ['whoever leaves in their house is found by nobody, and the book’s own folder knows nothing of them', async ({ zoe: { watched: { page }, member }, kim, book, folder }) => {
    await add(page, ['Name', 'Zoë Quill', 'Everyone']);
    const [persona, service] = await mine(member);
    await member.client.services.leave(persona, service);
    await until(() => member.client.services.mine(), ({ services }) => services.length === 0);
    await kim.watched.page.reload();
    await kim.watched.page.locator('#wanted').fill('zoë');
    await kim.watched.page.getByRole('button', { name: 'Suchen' }).click();
    await kim.watched.page.getByRole('heading', { name: 'Das sagt hier niemand von sich.' }).waitFor();
    await book.stop();
    assert.deepEqual(foundIn(folder, { persona: Buffer.from(persona), name: Buffer.from('quill'), interest: Buffer.from('beekeeping') }), []);
  }],
];
