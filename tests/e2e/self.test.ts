import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { signStatement, startKeyLog, statementHash, toBase64Url, type Statement } from '@commonhold/core';
import { nobleSuite } from '@commonhold/core/noble';
import { makeNodeSuite, startHouse } from '@commonhold/house';
import { createClient, type Client } from '@commonhold/sdk';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { tempFolder } from '../support/house-process.ts';
import { assertCalm, forgive, PASSPHRASE, postWith, until } from './steps.ts';

/* Profiles, names of one's own, meeting in person, rings, and what one settles for oneself. In this process, since a page outside is made up. */

interface Member { persona: string; session: string; client: Client; deviceSeed: Uint8Array; log: ReturnType<typeof startKeyLog> }
interface Scene { browser: Browser; url: string; ada: Member; bob: Member; cleo: Member }
type Part = (scene: Scene) => Promise<void>;

const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const MANY = { burst: 1e6, perSecond: 1e6 };

test('oneself and others', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const pages = new Map<string, string>();
  const house = await startHouse({ data: tempFolder(t, 'self'), port: 0, host: null, origin: null }, { fetchPage: async (url) => pages.get(url) ?? '', limits: { enter: MANY, login: MANY, write: MANY, read: MANY } });
  t.after(() => house[Symbol.asyncDispose]());
  const url = `http://localhost:${house.network.port}`;
  pages.set('https://ada.example/', `<p>Hello</p><a rel="me" href="${url}/@ada">me</a>`);
  const anyone = createClient({ base: url });
  const move = async (handle: string, by: { code: string } | { invite: string }): Promise<Member> => {
    const { podDevice, house: home } = await anyone.house.prepare(by);
    const deviceSeed = nobleSuite.random(32);
    const log = startKeyLog(makeNodeSuite(), { recoverySeed: nobleSuite.random(32), deviceSeed, podDevice, house: home });
    const person = { handle, name: handle[0]!.toUpperCase() + handle.slice(1), passphrase: PASSPHRASE };
    const { persona, session } = await ('code' in by ? anyone.house.setup({ ...by, house: { title: 'The Harbour Choir' }, person, keyLog: log }) : anyone.house.join({ ...by, person, keyLog: log }));
    return { persona, session, client: createClient({ base: url, session }), deviceSeed, log };
  };
  const ada = await move('ada', { code: house.household.setupCode()! });
  const { invite } = await ada.client.invites.make();
  const scene: Scene = { browser: await launch(t), url, ada, bob: await move('bob', { invite }), cleo: await move('cleo', { invite }) };
  for (const [name, part] of PARTS) await t.test(name, () => part(scene));
});

async function open({ browser, url }: Scene, who: Member, path: string): Promise<WatchedPage> {
  const watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await watched.context.addCookies([{ name: 'commonhold', value: who.session, url, httpOnly: true, sameSite: 'Lax' }]);
  await watched.page.goto(url + path);
  return watched;
}

async function close(scene: Scene, watched: WatchedPage): Promise<void> {
  assertCalm(watched, scene.url);
  await watched.context.close();
}

const saved = (page: Page, method: string, path: RegExp) => page.waitForResponse((answer) => answer.request().method() === method && path.test(answer.url()) && answer.ok());
const more = async (page: Page, name: string, item: RegExp) => {
  await page.getByRole('main').getByRole('button', { name: `More about ${name}` }).first().click();
  await page.getByRole('menuitem', { name: item }).click();
};

const profile: Part = async (scene) => {
  const { ada, url } = scene;
  await ada.client.microblog.post({ text: 'First of all', audience: 'house' }, 'first');
  await ada.client.microblog.post({ text: 'Later on', audience: 'house' }, 'later');
  const watched = await open(scene, ada, '/@ada');
  const { page } = watched;
  await page.getByRole('button', { name: 'Edit profile' }).click();
  const sent = saved(page, 'POST', /\/people\/images$/);
  await page.locator('input[type=file]').first().setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: PICTURE });
  await sent;
  await page.getByRole('button', { name: 'Add a line' }).click();
  const line = page.getByRole('group', { name: 'Line 1' });
  await line.getByLabel('What it is').fill('Site');
  await line.getByLabel('What it says').fill('https://ada.example/');
  const kept = saved(page, 'PUT', /\/people\/profile$/);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await kept;
  await page.getByRole('button', { name: /^Prove this address/ }).click();
  await page.getByText(`href="${url}/@ada"`).waitFor();
  await page.getByRole('button', { name: 'Look now' }).click();
  await page.getByText('links back', { exact: true }).waitFor();
  await postWith(page, 'First of all').getByRole('button', { name: /^More about the post/ }).click();
  await page.getByRole('menuitem', { name: /^Pin to your profile/ }).click();
  await page.getByRole('article').first().getByText('Pinned').waitFor();
  assert.match(await page.getByRole('article').first().innerText(), /First of all/);
  await page.getByRole('button', { name: 'Show your code' }).click();
  await page.getByRole('dialog').locator('.qr path').waitFor();
  await close(scene, watched);
  const seen = await scene.bob.client.people.get('ada');
  assert.ok(seen.picture && seen.fields?.[0]?.verifiedAt);
};

const petname: Part = async (scene) => {
  const { ada, bob } = scene;
  await bob.client.microblog.post({ text: 'Good morning', audience: 'house' }, 'morning');
  const watched = await open(scene, ada, '/@bob');
  const { page } = watched;
  await more(page, 'Bob', /^Your name for Bob/);
  await page.getByLabel('Your name for them').fill('Captain');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 2, name: 'Captain', exact: true }).waitFor();
  await page.getByText('Calls themselves Bob.').waitFor();
  await page.getByText('@bob').first().waitFor();
  await page.getByRole('link', { name: 'Home' }).first().click();
  await postWith(page, 'Good morning').getByRole('link', { name: 'Captain' }).first().waitFor();
  await page.reload();
  await postWith(page, 'Good morning').getByRole('link', { name: 'Captain' }).first().waitFor();
  await close(scene, watched);
  for (const other of [bob, scene.cleo]) assert.doesNotMatch(JSON.stringify([await other.client.people.list(), await other.client.microblog.house()]), /Captain/);
  await ada.client.people.dropPetname(bob.persona);
};

const rings: Part = async (scene) => {
  const { ada, bob } = scene;
  await ada.client.microblog.post({ text: 'Between us', audience: 'close' }, 'between');
  const watched = await open(scene, ada, '/people?ring=close');
  const { page } = watched;
  await page.getByRole('button', { name: 'Add Bob' }).click();
  const dialog = page.getByRole('dialog', { name: 'Bob and your older posts' });
  await dialog.getByText('You have 1 older post for close people.').waitFor();
  await dialog.getByRole('radio', { name: /^Only what comes/ }).check();
  const put = saved(page, 'PUT', /\/close$/);
  await dialog.getByRole('button', { name: 'Call close' }).click();
  await put;
  assert.doesNotMatch(JSON.stringify(await bob.client.microblog.by(ada.persona)), /Between us/);
  await ada.client.microblog.post({ text: 'From now on', audience: 'close' }, 'from-now');
  assert.match(JSON.stringify(await bob.client.microblog.by(ada.persona)), /From now on/);
  await page.getByRole('button', { name: 'Take out Bob' }).click();
  const out = saved(page, 'DELETE', /\/close$/);
  await page.getByRole('dialog').getByText('goes from their screens').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Take out' }).click();
  await out;
  assert.doesNotMatch(JSON.stringify(await bob.client.microblog.by(ada.persona)), /From now on/);
  await close(scene, watched);
};

const met: Part = async (scene) => {
  const { ada, bob } = scene;
  const [one, other] = [await open(scene, ada, '/@bob'), await open(scene, bob, '/@ada')];
  for (const [{ page }, name] of [[one, 'Bob'], [other, 'Ada']] as const) {
    await more(page, name, /^Compare codes/);
    await page.locator('.digits').waitFor();
  }
  const digits = await other.page.locator('.digits').innerText();
  assert.match(digits, /^\d{4}( \d{4}){4}$/);
  assert.equal(await one.page.locator('.digits').innerText(), digits, 'both see the same');
  const { page } = one;
  const field = page.getByLabel('The digits on their screen');
  await field.fill('1111 2222 3333 4444 5555');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('These digits are not the same.').waitFor();
  await field.fill(digits);
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('You checked this key in person').waitFor();
  // By the address that a camera reads, the other way round.
  const { persona, key } = await ada.client.people.code();
  await other.page.keyboard.press('Escape');
  await other.page.evaluate((code) => { location.hash = code; }, `#key=${persona}.${key}`);
  await other.page.getByText('A link does not say who sent it').waitFor();
  assert.equal((await bob.client.people.get('ada')).verified, undefined, 'an address alone is no meeting');
  await other.page.getByRole('button', { name: 'We sit together' }).click();
  await other.page.getByText('You checked this key in person').waitFor();
  const last = bob.log.at(-1)!.statement as { height: number };
  const added = { v: 1, type: 'add-device', persona: bob.persona, height: last.height + 1, prev: statementHash(nobleSuite, bob.log.at(-1)!.statement), by: toBase64Url(nobleSuite.publicKey(bob.deviceSeed)), device: toBase64Url(nobleSuite.publicKey(nobleSuite.random(32))), capabilities: ['write'] };
  await bob.client.keys.extend([signStatement(nobleSuite, added as unknown as Statement, [bob.deviceSeed])]);
  await page.reload();
  await page.getByText('The keys have changed since you met').waitFor();
  await page.getByText('Since then: a device was added.').waitFor();
  for (const watched of [one, other]) await close(scene, watched);
};

const waiting: Part = async (scene) => {
  const { ada, cleo } = scene;
  await ada.client.people.setProfile({ name: 'Ada', locked: true });
  await ada.client.microblog.post({ text: 'For those I let in', audience: 'followers' }, 'let-in');
  await cleo.client.people.follow(ada.persona);
  const watched = await open(scene, ada, '/people?ring=requests');
  const { page } = watched;
  await page.getByText('They are not told if you decline.').waitFor();
  assert.doesNotMatch(JSON.stringify(await cleo.client.microblog.by(ada.persona)), /For those I let in/);
  const gone = saved(page, 'DELETE', /\/people\/requests\//);
  await page.getByRole('button', { name: 'Decline: Cleo' }).click();
  await gone;
  await page.getByText('Nobody is waiting').waitFor();
  assert.equal((await cleo.client.people.get('ada')).asked, true, 'who was declined sees what they saw');
  assert.deepEqual((await cleo.client.news.list()).items.filter(({ kind }) => kind === 'accepted'), []);
  await close(scene, watched);
};

const twoTaps: Part = async (scene) => {
  const { ada, bob, cleo } = scene;
  await bob.client.microblog.post({ text: 'Too many trams', audience: 'house' }, 'trams');
  await cleo.client.microblog.post({ text: 'Too few trams', audience: 'house' }, 'few');
  const watched = await open(scene, ada, '/');
  const { page } = watched;
  const tap = async (text: string, item: RegExp) => {
    await postWith(page, text).getByRole('button', { name: /^More about the post/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await tap('Too few trams', /^Report/);
  await page.getByRole('dialog').getByText('Report this post').waitFor();
  await page.keyboard.press('Escape');
  const muted = saved(page, 'PUT', /\/mute$/);
  await tap('Too many trams', /^Mute for an hour/);
  await muted;
  const { muted: [kept] } = await ada.client.people.blocked();
  assert.ok(kept && kept.until! > Date.now() + 3_500_000 && kept.until! <= Date.now() + 3_600_000);
  const blocked = saved(page, 'PUT', /\/block$/);
  await tap('Too few trams', /^Block Cleo/);
  await blocked;
  await page.goto(`${scene.url}/settings/you`);
  await page.getByText(/^Muted until today|^Muted until tomorrow/).waitFor();
  await close(scene, watched);
  await ada.client.people.unmute(bob.persona);
  await ada.client.people.unblock(cleo.persona);
};

const settled: Part = async (scene) => {
  const { ada, bob, url } = scene;
  const watched = await open(scene, ada, '/settings/filters');
  const { page } = watched;
  await page.getByRole('button', { name: 'Add a filter' }).click();
  await page.getByLabel('Words').first().fill('tram\nbus');
  const filtered = saved(page, 'POST', /\/microblog\/filters$/);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await filtered;
  await page.getByRole('listitem').filter({ hasText: 'tram, bus' }).waitFor();
  const { filters: [filter] } = await ada.client.microblog.filters();
  assert.deepEqual([filter?.words, filter?.whole, filter?.how, filter?.places.length], [['tram', 'bus'], true, 'warn', 6]);
  await page.goto(`${url}/settings/apps`);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('What is it for?').fill('Weather bot');
  await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
  const token = await page.getByRole('dialog', { name: 'The key of Weather bot' }).locator('.addr').innerText();
  const answers = async () => (await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token}` } })).status;
  assert.equal(await answers(), 200);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('button', { name: 'End: Weather bot' }).click();
  await page.getByText('Weather bot is ended.').waitFor();
  assert.equal(await answers(), 401);
  await page.goto(`${url}/settings/news`);
  await bob.client.people.follow(ada.persona);
  await page.getByRole('link', { name: /^News/ }).first().getByText(/\d new/).waitFor({ state: 'attached' });
  const quiet = saved(page, 'PUT', /\/news\/settings$/);
  await page.getByRole('switch', { name: 'Announce nothing during these hours' }).click();
  await quiet;
  const now = new Date();
  await ada.client.news.setSettings({ ...await ada.client.news.settings(), quiet: { from: (now.getHours() * 60 + now.getMinutes() + 1430) % 1440, to: (now.getHours() * 60 + now.getMinutes() + 30) % 1440 } });
  await page.reload();
  await page.getByText('They are on just now.').waitFor();
  assert.equal(await page.getByRole('link', { name: /^News/ }).first().getByText(/\d new/).count(), 0, 'the badge waits');
  // On a slow line a second wish waits for the first, and is not lost.
  let go = (): void => {};
  const held = new Promise<void>((done) => { go = done; });
  await page.route(`${url}/news/settings`, async (route) => { await held; await route.continue(); });
  for (const name of ['Likes of your posts', 'Boosts of your posts']) await page.getByRole('switch', { name }).click();
  await page.getByLabel('From', { exact: true }).fill('21:15');
  await page.getByLabel('Until', { exact: true }).fill('06:45');
  go();
  const kept = await until(() => ada.client.news.settings(), ({ quiet: hours }) => hours?.to === 405);
  assert.deepEqual([kept.like, kept.boost, kept.quiet?.from], [false, false, 1275]);
  forgive(watched, /401/);
  await close(scene, watched);
};

const letGo: Part = async (scene) => {
  const { ada, bob } = scene;
  await ada.client.people.close(bob.persona);
  const root = await ada.client.microblog.post({ text: 'A word in private', audience: 'close' }, 'private');
  await bob.client.microblog.post({ text: 'Heard you', audience: 'only-me', replyTo: { persona: root.persona, key: root.key } }, 'heard');
  const watched = await open(scene, ada, `/@ada/${root.key}`);
  const { page } = watched;
  await postWith(page, 'Heard you').getByRole('button', { name: /^More about the post/ }).click();
  const gone = saved(page, 'DELETE', /\/microblog\/replies\//);
  await page.getByRole('menuitem', { name: /^Stop keeping this reply/ }).click();
  await gone;
  assert.equal(await postWith(page, 'Heard you').count(), 0);
  await close(scene, watched);
};

const PARTS: [string, Part][] = [
  ['a profile with a picture, a line that is proved, a pinned post on top and a code', profile],
  ['a name of one\'s own is read everywhere, after a reload too, and by nobody else', petname],
  ['a change of rings asks what becomes of older posts, and does what was chosen', rings],
  ['two who meet see the same digits; the profile says so, and says when the keys change', met],
  ['who asks to follow waits, reads nothing meanwhile, and is not told of a no', waiting],
  ['report, mute for a time and block are two taps from a post; a mute says when it ends', twoTaps],
  ['word filters, keys for scripts, and hours in which no badge shows', settled],
  ['a reply that one keeps for others is let go', letGo],
];
