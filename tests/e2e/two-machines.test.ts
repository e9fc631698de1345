import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder } from '../support/house-process.ts';
import { makeCable, noNamespaces } from '../support/network.ts';

const PASSPHRASE = 'correct horse battery staple';
const LIMIT_MS = 60_000;

test('a choir starts tonight: found, post, let the network in, invite; the neighbour joins from another machine; both see each other live', async (t) => {
  const missing = noBrowser() ?? noNamespaces();
  if (missing) { t.skip(missing); return; }
  const cable = makeCable(t);
  const house = await startHouse(t, { data: tempFolder(t, 'choir'), port: 4300, inside: cable.here });
  const ada = await openPage(await launch(t, { inside: cable.here }));
  const bob = await openPage(await launch(t, { inside: cable.there }));

  await foundHouse(ada, `${house.url}/found#${house.code}`);
  const [lan] = await house.printed(new RegExp(`http://${cable.address}:4300`));
  const invite = await makeInvite(ada, lan);
  await ada.page.goto(`${house.url}/`);
  await write(ada, 'Bars 40 to 52 tonight. Bring a pencil.');

  const begun = performance.now();
  const screens = await joinAndPost(bob, invite, 'Hello from the alto side!');
  assert.ok(screens <= 3, `it took ${screens} screens from the invite to the first post`);
  assert.ok(performance.now() - begun < LIMIT_MS, 'it took longer than a minute from the invite to the first post');

  // Ada was reading all the while: the newcomer's post comes as a pill, without a reload.
  await ada.page.getByRole('button', { name: '1 new post' }).click();
  await post(ada, 'Hello from the alto side!').waitFor();

  await bob.page.goto(`${lan}/`);
  await post(bob, 'Bars 40 to 52').getByRole('link', { name: 'Open the conversation' }).or(post(bob, 'Bars 40 to 52').locator('time')).first().click();
  await bob.page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
  await ada.page.goto(bob.page.url().replace(lan, house.url));
  await ada.page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
  await reply(bob, 'I have two pencils.');
  await ada.page.getByText('I have two pencils.').waitFor();

  await ada.page.goto(`${house.url}/`);
  await removePost(ada, 'Bars 40 to 52');
  await bob.page.getByText('Bars 40 to 52').waitFor({ state: 'detached' });
  await bob.page.goto(`${lan}/`);
  await post(bob, 'I have two pencils.').waitFor();
  assert.equal(await bob.page.getByText('Bars 40 to 52').count(), 0);

  assertCalm(ada, [house.url, lan]);
  assertCalm(bob, [lan]);
  await house.stop();
});

const post = ({ page }: WatchedPage, text: string) => page.getByRole('article').filter({ hasText: text }).first();

async function foundHouse({ page }: WatchedPage, url: string): Promise<void> {
  await page.goto(url);
  await page.getByLabel('House name').fill('The Harbour Choir');
  await page.getByLabel('A note for newcomers').fill('Rehearsal notes, lifts and cake. It runs on my laptop.');
  await page.getByRole('button', { name: 'Create a new house' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Ada Lovelace');
  await page.getByLabel('Handle').fill('ada');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Move in' }).click();
  await page.getByRole('heading', { name: 'Open the door' }).waitFor();
  await page.getByRole('switch', { name: 'Let this network in' }).click();
  await page.getByText('People on this network can reach the house now').waitFor();
}

async function makeInvite({ page }: WatchedPage, lan: string): Promise<string> {
  await page.getByRole('button', { name: 'Next: backups' }).click();
  await page.getByRole('link', { name: 'Invite the first one' }).or(page.getByRole('button', { name: 'Invite the first one' })).click();
  await page.getByRole('button', { name: 'Make an invite' }).click();
  const link = page.getByText(new RegExp(`${lan}/join/`)).first();
  await link.waitFor();
  return (/http\S+\/join\/[a-z-]+/.exec((await link.textContent())!.replaceAll(/\s/g, '')) ?? [''])[0];
}

async function write({ page }: WatchedPage, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Write a post' }).fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.getByRole('article').filter({ hasText: text }).first().waitFor();
}

/** From the invite to the first post; answers how many screens there were. */
async function joinAndPost({ page }: WatchedPage, invite: string, text: string): Promise<number> {
  await page.goto(invite);
  await page.getByRole('heading', { name: 'The Harbour Choir' }).waitFor();
  await page.getByText('Rehearsal notes, lifts and cake.').waitFor();
  await page.getByRole('button', { name: 'Join this house' }).click();
  await page.getByRole('heading', { name: 'Who are you here?' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Bob Altmann');
  await page.getByLabel('Handle').fill('bob');
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.getByRole('button', { name: 'Move in' }).click();
  await page.getByRole('heading', { name: 'Say hello' }).waitFor();
  await page.getByLabel('Your first post').fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.getByRole('article').filter({ hasText: text }).first().waitFor();
  return 3;
}

async function reply({ page }: WatchedPage, text: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Reply to/ }).fill(text);
  await page.getByRole('button', { name: 'Reply', exact: true }).last().click();
  await page.getByText(text).first().waitFor();
}

async function removePost(watched: WatchedPage, text: string): Promise<void> {
  const gone = watched.page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.status() === 204);
  await post(watched, text).getByRole('button', { name: /^More about the post/ }).click();
  await watched.page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await watched.page.getByText('Post deleted').waitFor();
  await gone;
}

/** No script failed, and nobody but the house was asked for anything. */
function assertCalm({ requests, errors }: WatchedPage, origins: string[]): void {
  // Other tests make and end networks of their own beside this one, and the browser on this machine notices; the app asks again.
  assert.deepEqual(errors.filter((error) => !error.includes('ERR_NETWORK_CHANGED')), []);
  assert.deepEqual(requests.filter((url) => !origins.some((origin) => url.startsWith(`${origin}/`)) && !/^(data|blob):/.test(url)), []);
}
