import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { signIn } from '../support/people.ts';
import { addAuthenticator, atHome, foundIn, fresh, logIn, readWords, showCode } from './keys.ts';
import { moveAway, rivalWords } from './keys-signed.ts';
import { assertCalm, PASSPHRASE } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; /** The first device of Ada, and what the parts hand on. */ first: WatchedPage; phone: WatchedPage; words: string }

test('devices, words and passkeys in real browsers, each with storage of its own', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'devices') });
  const scene: Scene = { browser, house, first: await fresh(browser), phone: await fresh(browser), words: '' };
  await foundIn(scene.first.page, house);
  scene.words = await readWords(scene.first.page, house);
  for (const [name, part] of PARTS) await t.test(name, () => part(scene));
  for (const page of [scene.first, scene.phone]) assertCalm(page, house.url);
});

const list = (page: Page) => page.getByRole('region', { name: 'Devices', exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const ask = (page: Page) => page.getByRole('button', { name: 'Ask to be added' }).click();

async function post(page: Page, { url }: HouseProcess, text: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Write a post' }).fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.getByRole('article').filter({ hasText: text }).waitFor();
}

async function comeBack({ browser, house }: Scene, words: string, passphrase = ''): Promise<WatchedPage> {
  const watched = await fresh(browser);
  const { page } = watched;
  await page.goto(`${house.url}/login`);
  await page.getByRole('link', { name: 'Use your 24 recovery words' }).click();
  await page.getByRole('heading', { name: 'Come back with your words' }).waitFor();
  await page.getByLabel('Handle').fill('@Ada');
  await page.getByLabel('Your 24 words, in order').fill(words);
  if (passphrase) {
    await page.getByLabel('Choose a new passphrase too').check();
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  }
  await page.getByRole('button', { name: 'Come back in' }).click();
  return watched;
}

/** Adds a second device, which removes the first: the browser that joined is logged out, and comes back by its passphrase. */
async function removedByAnother(browser: Browser, house: HouseProcess, page: Page): Promise<void> {
  const address = await showCode(page, house);
  const other = await fresh(browser);
  await other.page.goto(address);
  await ask(other.page);
  await dialog(page).getByRole('button', { name: 'Add it' }).click();
  await atHome(other.page);
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  await other.page.goto(`${house.url}/settings/devices`);
  await list(other.page).getByRole('button', { name: 'Remove Your first device' }).click();
  await dialog(other.page).getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('This session was ended.').waitFor();
  await logIn(page, house, 'bea');
  await other.context.close();
}

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['a second browser becomes a device by the code, well within 30 s', async ({ house, first, phone }) => {
    const from = performance.now();
    const address = await showCode(first.page, house);
    assert.match(address, /^http:\/\/localhost:\d+\/link\/[\w-]{22}#[\w-]{22}$/);
    await phone.page.goto(address);
    await phone.page.getByLabel('What is it called?').fill('Ada’s phone');
    await ask(phone.page);
    await phone.page.getByRole('heading', { name: 'Waiting for a yes' }).waitFor();
    assert.equal(new URL(phone.page.url()).hash, '', 'the secret stays in the address');
    await first.page.getByRole('heading', { name: 'Ada’s phone wants to be added' }).waitFor();
    await dialog(first.page).getByRole('button', { name: 'Add it' }).click();
    await atHome(phone.page);
    const seconds = (performance.now() - from) / 1000;
    console.log(`linked in ${seconds.toFixed(1)} s`);
    assert.ok(seconds < 30, `${seconds} s`);
    await first.page.getByRole('button', { name: 'Done' }).click();
    await list(first.page).getByText('Ada’s phone').waitFor();
    await post(phone.page, house, 'Hello from the phone');
    await phone.page.goto(`${house.url}/settings/devices`);
    await list(phone.page).getByText('This browser · may add and remove devices').waitFor();
    const secret = address.split('#')[1]!;
    for (const { requests } of [first, phone]) assert.ok(requests.every((url) => !url.split('#')[0]!.includes(secret)), 'the secret was sent to the house');
  }],

  ['what is asked survives a reload; a code is for one device; a no is told', async ({ browser, house, first }) => {
    const address = await showCode(first.page, house);
    const other = await fresh(browser);
    await other.page.goto(address);
    await ask(other.page);
    await other.page.getByRole('heading', { name: 'Waiting for a yes' }).waitFor();
    await other.page.reload();
    await other.page.getByRole('heading', { name: 'Waiting for a yes' }).waitFor();
    const late = await fresh(browser);
    await late.page.goto(address);
    await ask(late.page);
    await late.page.getByRole('heading', { name: 'This code was used already' }).waitFor();
    await dialog(first.page).getByRole('button', { name: 'No, not mine' }).click();
    await other.page.getByRole('heading', { name: 'This code has ended' }).waitFor();
    await late.page.goto(address.split('#')[0]!);
    await late.page.reload();
    await late.page.getByRole('heading', { name: 'Part of the code is missing' }).waitFor();
    for (const { context } of [other, late]) await context.close();
  }],

  ['a key that was changed on the way is told as such, and nothing is added', async ({ browser, house, first }) => {
    const address = await showCode(first.page, house);
    const victim = await fresh(browser);
    await victim.page.route('**/links/*', async (route) => {
      const body = route.request().postDataJSON() as { device?: string };
      // Another sound key in place of the one that the new device made.
      await route.continue({ postData: JSON.stringify({ ...body, device: 'O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik' }) });
    });
    await victim.page.goto(address);
    await ask(victim.page);
    await dialog(first.page).getByText('Somebody in between changed the key. Nothing was added.').waitFor();
    await victim.page.getByRole('heading', { name: 'This code has ended' }).waitFor();
    assert.equal(await dialog(first.page).getByRole('button', { name: 'Add it' }).count(), 0);
    const { devices } = await (await signIn(house, 'ada')).client.me.devices();
    assert.equal(devices.length, 3, JSON.stringify(devices));
    await victim.context.close();
  }],

  ['a removed device is logged out at once, and its key opens nothing any more', async ({ house, first, phone }) => {
    await phone.page.goto(house.url);
    await atHome(phone.page);
    await first.page.goto(`${house.url}/settings/devices`);
    await list(first.page).getByRole('button', { name: 'Remove Ada’s phone' }).click();
    await dialog(first.page).getByText('It can no longer write in your name').waitFor();
    await dialog(first.page).getByRole('button', { name: 'Remove it' }).click();
    await phone.page.getByText('This session was ended.').waitFor();
    await dialog(first.page).waitFor({ state: 'detached' });
    await list(first.page).getByText('Ada’s phone').waitFor({ state: 'detached' });
    await logIn(phone.page, house);
    await phone.page.getByText('Hello from the phone').waitFor();
    await phone.page.goto(`${house.url}/settings/devices`);
    await list(phone.page).getByText('This browser has no key of yours').waitFor();
  }],

  ['a browser that knows the passphrase alone becomes a device by the words, and slips are told by their place', async ({ house, phone: { page }, words }) => {
    await page.goto(`${house.url}/settings/devices`);
    await page.getByRole('button', { name: 'Make it a device of mine' }).click();
    const field = page.getByLabel('Your 24 words, in order');
    const make = () => page.getByRole('button', { name: 'Make it mine' }).click();
    await field.fill('lantern pebble');
    await page.getByText('2 of 24').waitFor();
    await make();
    await page.getByText('Those are 2 words; there are 24.').waitFor();
    await field.fill(words.split(' ').with(6, 'lantorn').join(' '));
    await make();
    await page.getByText('Word 7, “lantorn”, is not one of the list.').waitFor();
    await field.fill(words);
    await make();
    await list(page).getByText('This browser · may add and remove devices').waitFor();
  }],

  ['recovery on a clean browser: the words open it, a new passphrase ends every other login', async (scene) => {
    const { house, phone, words } = scene;
    const wrong = await comeBack(scene, `${'abandon '.repeat(23)}art`);
    await wrong.page.getByText('Handle and words do not fit together.').waitFor();
    await wrong.context.close();
    await phone.page.goto(house.url);
    await atHome(phone.page);
    const clean = await comeBack(scene, words, 'a brand new passphrase');
    await atHome(clean.page);
    await phone.page.getByText('This session was ended.').waitFor();
    await post(clean.page, house, 'Back on a clean browser');
    await clean.page.goto(`${house.url}/settings/devices`);
    await list(clean.page).getByText('This browser · may add and remove devices').waitFor();
    assertCalm(clean, house.url);
    await clean.context.close();
    await logIn(scene.first.page, house, 'ada', 'a brand new passphrase');
  }],

  ['new words: the old ones are dead, the new ones open', async (scene) => {
    const { house, first: { page }, words } = scene;
    await page.goto(`${house.url}/settings/words`);
    await page.getByRole('button', { name: 'Replace the words' }).click();
    await page.getByRole('button', { name: 'Make new words' }).click();
    await page.getByText('New words. The old 24 are dead').waitFor();
    scene.words = await readWords(page, house);
    assert.notEqual(scene.words, words);
    const old = await comeBack(scene, words);
    await old.page.getByText('Handle and words do not fit together.').waitFor();
    await old.context.close();
    const back = await comeBack(scene, scene.words);
    await atHome(back.page);
    await back.context.close();
  }],

  ['a stolen device is removed by the words, and with it every login that may be on it', async ({ browser, house, first: { page }, words }) => {
    const unknown = await fresh(browser);
    await logIn(unknown.page, house, 'ada', 'a brand new passphrase');
    await page.goto(`${house.url}/settings/devices`);
    const removable = list(page).getByRole('button', { name: /^Remove / });
    await removable.first().waitFor();
    const before = await removable.count();
    await removable.last().click();
    assert.equal(await dialog(page).getByLabel('End the one other login without a key too').isChecked(), true);
    await dialog(page).getByLabel('It was stolen').check();
    await dialog(page).getByLabel('Your 24 words, in order').fill(words);
    await dialog(page).getByRole('button', { name: 'Remove it' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText('is removed.').waitFor();
    await unknown.page.getByText('This session was ended.').waitFor();
    await unknown.context.close();
    await page.waitForFunction((count) => document.querySelectorAll('[aria-labelledby="devices"] button[aria-label^="Remove"]').length === count, before - 1);
  }],

  ['a passkey is added, opens the house without a handle, by the button and as a suggestion at the field, and is removed', async ({ house, first: { page } }) => {
    await addAuthenticator(page);
    await page.goto(`${house.url}/settings/devices`);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('Passkey added.').waitFor();
    const passkeys = page.getByRole('region', { name: 'Passkeys' });
    await passkeys.getByText('Not used yet').waitFor();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await atHome(page);
    await page.goto(`${house.url}/settings/devices`);
    await passkeys.getByText('Last used today').waitFor();
    await page.evaluate(() => localStorage.setItem('suggests', 'yes'));
    const suggested = page.waitForResponse((answer) => answer.url().endsWith('/sessions/passkey') && answer.status() === 201);
    await page.getByRole('button', { name: 'Log out' }).click();
    await suggested;
    await atHome(page);
    await page.goto(`${house.url}/settings/devices`);
    await passkeys.getByRole('button', { name: /^Remove the passkey/ }).click();
    await page.getByText('Removed here.').waitFor();
    await passkeys.getByRole('listitem').waitFor({ state: 'detached' });
  }],

  ['at an address of numbers no passkey is offered, and Settings says why', async ({ browser, house }) => {
    const watched = await fresh(browser);
    const { page } = watched;
    const numbers = { ...house, url: `http://127.0.0.1:${house.port}` };
    await page.goto(`${numbers.url}/login`);
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Sign in with a passkey' }).count(), 0);
    await logIn(page, numbers, 'ada', 'a brand new passphrase');
    await page.goto(`${numbers.url}/settings/devices`);
    await page.getByText('Passkeys need an encrypted address with a name.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).count(), 0);
    assertCalm(watched, numbers.url);
    await watched.context.close();
  }],

  ['a move by one device is told everywhere, and another takes it back', async ({ house, first, phone }) => {
    await logIn(phone.page, house, 'ada', 'a brand new passphrase');
    await moveAway(phone.page, house);
    await phone.page.goto(house.url);
    await phone.page.getByRole('heading', { name: 'Your pod is moving to another house' }).waitFor();
    await phone.page.getByText('This browser cannot take it back.').waitFor();
    await first.page.goto(house.url);
    await first.page.getByRole('heading', { name: 'Your pod is moving to another house' }).waitFor();
    await first.page.getByRole('button', { name: 'Take it back', exact: true }).click();
    await first.page.getByText('Taken back. Your pod lives here.').waitFor();
    await first.page.getByRole('heading', { name: 'Your pod is moving to another house' }).waitFor({ state: 'detached' });
    await post(first.page, house, 'Still here');
  }],

  ['two statements by the words at one height raise an alarm in words', async ({ house, first: { page } }) => {
    await rivalWords(page, house);
    await page.goto(house.url);
    await page.getByRole('heading', { name: 'Somebody else signs with your recovery words' }).waitFor();
    await page.getByRole('link', { name: 'Replace the words' }).click();
    await page.getByRole('heading', { name: 'New recovery words' }).waitFor();
  }],

  ['words that another device has replaced are shown nowhere any more', async (scene) => {
    const { house, first: { page } } = scene;
    const other = await comeBack(scene, scene.words);
    await atHome(other.page);
    await other.page.goto(`${house.url}/settings/words`);
    await other.page.getByRole('button', { name: 'Replace the words' }).click();
    await other.page.getByLabel('Your 24 words, in order').fill(scene.words);
    await other.page.getByRole('button', { name: 'Make new words' }).click();
    await other.page.getByText('New words. The old 24 are dead').waitFor();
    assert.notEqual(await readWords(other.page, house), scene.words);
    await page.goto(`${house.url}/settings/words`);
    const card = page.getByRole('region', { name: 'Recovery words', exact: true });
    await card.getByText('This browser does not hold them').waitFor();
    assert.equal(await card.getByRole('button', { name: 'Show the words' }).count(), 0);
    const looked = page.waitForResponse((answer) => answer.url().endsWith('/me/keylog'));
    await page.goto(house.url);
    await (await looked).finished();
    await atHome(page);
    assert.equal(await page.getByRole('heading', { name: 'Somebody else signs with your recovery words' }).count(), 0, 'the alarm goes on after the words were replaced');
    await other.context.close();
  }],

  ['retiring asks for the words and the handle, and ends the persona', async ({ browser, house, words }) => {
    const { client } = await signIn({ ...house }, 'ada').catch(async () => {
      const { session } = await house.client().sessions.start({ handle: 'ada', passphrase: 'a brand new passphrase' });
      return { client: house.client(session) };
    });
    const { invite } = await client.invites.make({ uses: 1 });
    const { page, context } = await fresh(browser);
    await page.goto(`${house.url}/join/${invite}`);
    await page.getByRole('button', { name: 'Join this house' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Bea Arthur');
    await page.getByLabel('Handle').fill('bea');
    await page.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Move in' }).click();
    await page.getByRole('heading', { name: 'Say hello' }).waitFor();
    const own = await readWords(page, house);
    await removedByAnother(browser, house, page);
    await page.goto(`${house.url}/settings/leave`);
    await page.getByRole('button', { name: 'I want to retire' }).click();
    await page.getByLabel('Type bea to be sure').fill('bee');
    await page.getByLabel('Your 24 words, in order').fill(words);
    await page.getByRole('button', { name: 'Retire for good' }).click();
    await page.getByText('That is not your handle.').waitFor();
    await page.getByLabel('Type bea to be sure').fill('@bea');
    await page.getByRole('button', { name: 'Retire for good' }).click();
    await page.getByText('These words are sound, but not yours here.').waitFor();
    await page.getByLabel('Your 24 words, in order').fill(own);
    await page.getByRole('button', { name: 'Retire for good' }).click();
    await page.getByRole('heading', { name: 'You have retired' }).waitFor();
    await page.goto(house.url);
    await page.getByRole('heading', { name: 'You have retired' }).waitFor();
    await context.close();
  }],
];
