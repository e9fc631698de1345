import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, memberOf, signIn, type Member } from '../support/people.ts';
import { moveIn } from '../perf/residents.ts';
import { look } from './look.ts';
import { assertCalm, enter, forgive, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; cleo: Member }

test('the house and its stewards', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'house') });
  const ada = await found(house);
  await ada.client.house.settings({ rules: ['Be kind.'] });
  const { invite } = await ada.client.invites.make();
  const scene = { browser, house, ada, bob: await join(house, invite, 'bob'), cleo: await join(house, invite, 'cleo') };
  for (const [name, part] of PARTS) await t.test(name, () => part(scene));
});

/** A page of somebody, at an address; held to calm when the part is done. */
async function as({ browser, house }: Pick<Scene, 'browser' | 'house'>, who: Member | null, path: string, part: (page: Page, watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await openPage(browser);
  if (who) await enter(watched, house, who);
  await watched.page.goto(house.url + path);
  await part(watched.page, watched);
  assertCalm(watched, house.url);
  await watched.context.close();
}

const more = (page: Page, text: string) => postWith(page, text).getByRole('button', { name: /^More about the post/ });
let n = 0;
const post = (who: Member, text: string) => who.client.microblog.post({ text, audience: 'house' }, `house-${String(n++).padStart(16, '0')}`);

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['a report is two taps away, a steward hides the post, its author is told, and everybody sees it counted', async (scene) => {
    const { ada, bob, cleo } = scene;
    const { persona, key } = await post(bob, 'Whoever sings flat should stay at home.');
    await as(scene, cleo, '/', async (page) => {
      await more(page, 'sings flat').click();
      await page.getByRole('menuitem', { name: 'Report to the stewards' }).click();
      const dialog = page.getByRole('dialog', { name: 'Report this post' });
      await dialog.getByText('Bob is not told who reported.').waitFor();
      await dialog.getByRole('radio', { name: 'It hurts or threatens somebody' }).check();
      await dialog.getByLabel('In your own words').fill('He means me.');
      await dialog.getByRole('button', { name: 'Send to the stewards' }).click();
      await page.getByText('Sent. The stewards will look at it').waitFor();
      await postWith(page, 'sings flat').waitFor({ state: 'detached' });
    });
    await as(scene, bob, '/', async (author) => {
      await postWith(author, 'sings flat').waitFor();
      await as(scene, ada, '/house', async (page) => {
        await page.getByText('Be kind.').waitFor();
        await page.getByRole('link', { name: /^Reports/ }).click();
        const card = page.getByRole('article', { name: 'A post by Bob' });
        await card.getByText('Whoever sings flat should stay at home.').waitFor();
        await card.getByText('He means me.').waitFor();
        await card.getByLabel('Words to Bob').fill('Please be kind.');
        await card.getByRole('button', { name: 'Hide the post' }).click();
        await page.getByText('Nothing is reported').waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the focus goes with the card');
        await page.getByRole('link', { name: 'Hidden posts' }).click();
        await page.getByText('A post by Bob').waitFor();
      });
      await author.getByText('Ada hid a post of yours in this house').waitFor();
      await author.getByText('Please be kind.').waitFor();
      assert.equal(await author.getByText('Please be kind.').evaluate((words) => getComputedStyle(words).whiteSpaceCollapse), 'preserve-breaks', 'lines of their own stay');
      await postWith(author, 'sings flat').getByText('only you and the stewards see it').waitFor();
      await author.getByRole('button', { name: 'Put away' }).click();
      await author.getByText('Ada hid a post of yours in this house').waitFor({ state: 'detached' });
    });
    await as(scene, cleo, '/house/log', async (page) => {
      await page.getByText('1 report came in').waitFor();
      await page.getByText('1 post was hidden').waitFor();
      assert.doesNotMatch(await page.locator('main').innerText(), /Bob|Ada|Cleo/);
      assert.equal(await page.getByRole('link', { name: /^Reports/ }).count(), 0, 'for stewards alone');
    });
    await as(scene, cleo, '/', async (page) => {
      await page.getByText('Ada hid the post from this house.').waitFor();
      assert.equal(await postWith(page, 'sings flat').count(), 0);
    });
    await ada.client.care.show({ persona, key });
  }],

  ['a steward hides a post from its menu and shows it again; other screens follow without a reload', async (scene) => {
    const { ada, bob, cleo } = scene;
    await post(bob, 'Not for this house.');
    await as(scene, cleo, '/', async (reader) => {
      await postWith(reader, 'Not for this house.').waitFor();
      await as(scene, ada, '/', async (page) => {
        await more(page, 'Not for this house.').click();
        await page.getByRole('menuitem', { name: /^Hide in this house/ }).click();
        await postWith(page, 'Not for this house.').getByText('only its author and the stewards see it').waitFor();
        await postWith(reader, 'Not for this house.').waitFor({ state: 'detached' });
        await page.getByRole('button', { name: 'Undo' }).click();
        await page.getByText('Shown again.').waitFor();
      });
      await reader.reload();
      await postWith(reader, 'Not for this house.').waitFor();
    });
  }],

  ['the tree of invites, a suspension in words, and how to take everything along', async (scene) => {
    const { ada, bob, cleo, house } = scene;
    await as(scene, ada, '/house/people', async (page) => {
      const act = async (item: RegExp | string) => {
        await page.getByRole('button', { name: 'What to do about Bob' }).click();
        await page.getByRole('menuitem', { name: item }).click();
      };
      await act('Suspend…');
      await page.getByRole('dialog').getByLabel('What you say to them').fill('Rest a week.');
      await page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
      await page.getByText(/^suspended until/).waitFor();
      assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), 'BODY', 'the focus goes with the dialog');
      await assert.rejects(post(bob, 'No'), { code: 'suspended' });
      await as(scene, bob, '/', async (own) => { await own.getByText(/^Ada suspended you until/).waitFor(); });
      await act('End the suspension');
      await page.getByText(/^suspended until/).waitFor({ state: 'detached' });
      await act('Ask to leave…');
      await page.getByRole('dialog').getByRole('button', { name: 'Ask to leave' }).click();
      await page.getByText(/^leaves/).waitFor();
    });
    await as(scene, bob, '/', async (page) => {
      await page.getByText(/^Ada asks you to leave this house/).waitFor();
      const link = page.getByRole('link', { name: 'Take everything along' });
      assert.equal(await link.getAttribute('href'), '/me/export');
      const text = await page.evaluate(async () => (await fetch('/me/export', { headers: { accept: 'text/html' } })).text());
      assert.match(text, /^\{"type":"commonhold-export"/);
      assert.match(text, /Not for this house/);
    });
    await ada.client.care.keep(bob.persona);
    await as(scene, cleo, '/house/people', async (page) => {
      await page.getByText('Everybody came by an invite.').waitFor();
      await page.getByRole('link', { name: 'Ada' }).waitFor();
      assert.equal(await page.getByRole('main').getByRole('link', { name: 'Bob' }).count(), 0, 'their own line alone');
    });
    assert.ok(house);
  }],

  ['whoever lost their passphrase is let in again by a link, good once; their log says so, and whoever was in before is out', async (scene) => {
    const { ada, cleo, house } = scene;
    const url = await new Promise<string>((resolve, reject) => {
      as(scene, ada, '/house/people', async (page) => {
        await page.getByRole('button', { name: 'What to do about Cleo' }).click();
        await page.getByRole('menuitem', { name: 'Let them in again…' }).click();
        const dialog = page.getByRole('dialog', { name: 'Let Cleo in again' });
        await dialog.getByText('Whoever has the link can be Cleo').waitFor();
        await dialog.getByRole('button', { name: 'Make the link' }).click();
        const link = dialog.getByText(/\/login\/way#[\w-]{22}$/);
        await link.waitFor();
        assert.deepEqual(await look(page), []);
        resolve(await link.innerText());
      }).catch(reject);
    });
    await as(scene, cleo, '/log', async (page) => { await page.getByText('made a way in for you').first().waitFor(); });
    const guest = await openPage(scene.browser), { page } = guest;
    await page.goto(url);
    await page.getByText('Welcome, Cleo. Choose a new passphrase; you are @cleo here.').waitFor();
    assert.ok(!page.url().includes('#'), 'it stays in the address');
    assert.deepEqual(await look(page), []);
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.getByText('A little longer').first().waitFor();
    await page.getByLabel('Passphrase').fill('a passphrase that is new');
    await page.getByRole('button', { name: 'Come in' }).click();
    await page.getByText('Somebody came in by the way that was made for you').waitFor();
    await assert.rejects(cleo.client.me.get(), { status: 401 });
    assert.deepEqual(guest.requests.filter((one) => one.includes(url.split('#')[1]!)), []);
    await page.goto(url);
    await page.getByText('This way in is not known here').waitFor();
    forgive(guest, /404/);
    assertCalm(guest, house.url);
    await guest.context.close();
    Object.assign(cleo, await signIn(house, 'cleo', 'a passphrase that is new'));
  }],

  ['the longest post is what the stewards say, at once in every composer', async (scene) => {
    const { ada, bob } = scene;
    await as(scene, bob, '/', async (page) => {
      await page.locator('#write').fill('x'.repeat(150));
      assert.equal(await page.getByText(/characters? too many/).count(), 0);
      await as(scene, ada, '/settings/house', async (settings) => {
        await settings.getByLabel('Longest post').fill('140');
        await settings.getByRole('button', { name: 'Save' }).first().click();
        await settings.getByText('Saved.').waitFor();
      });
      await page.locator('.left', { hasText: '-10' }).first().waitFor();
    });
    await assert.rejects(post(bob, 'x'.repeat(141)), { code: 'bad_text' });
    await ada.client.house.settings({ postLimit: 5000 });
    await post(bob, 'x'.repeat(5000));
  }],
];

test('a full house says so kindly and keeps a list; a steward finds it there; Home is not empty for somebody new', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const data = tempFolder(t, 'full');
  const [founder, newcomer] = await moveIn(data, 300);
  const browser = await launch(t);
  const house = await startHouse(t, { data });
  const ada = memberOf(house, founder!, 'person0');
  const { invite } = await ada.client.invites.make();
  await as({ browser, house }, null, `/join/${invite}`, async (page) => {
    await page.getByRole('heading', { name: 'This house is full' }).waitFor();
    await page.getByText('start a house of your own').waitFor();
    await page.getByRole('button', { name: 'Put me on the list' }).click();
    await page.getByText('A name and a way to reach you, please.').waitFor();
    await page.getByLabel('Your name', { exact: true }).fill('Kim Ng');
    await page.getByLabel('How they reach you').fill('kim@example.org');
    await page.getByLabel('A word about you').fill('I know Ada from the ferry.');
    await page.getByRole('button', { name: 'Put me on the list' }).click();
    await page.getByRole('heading', { name: 'You are on the list' }).waitFor();
  });
  await as({ browser, house }, ada, '/house/waiting', async (page) => {
    const card = page.getByRole('article', { name: 'Kim Ng' });
    await card.getByText('kim@example.org').waitFor();
    await page.getByText('All 300 seats are taken now.').waitFor();
    await assert.rejects(ada.client.care.inviteWaiter((await ada.client.care.waiting()).waiting[0]!.id), { code: 'house_full' });
    await card.getByRole('button', { name: 'Take Kim Ng off the list' }).click();
    await page.getByText('Nobody waits').waitFor();
  });
  await post(ada, 'The kettle is on.');
  await as({ browser, house }, memberOf(house, newcomer!, 'person1'), '/', async (page) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await postWith(page, 'The kettle is on.').waitFor();
    const suggested = page.getByRole('region', { name: 'People in your house' });
    await suggested.getByRole('listitem').first().waitFor();
    assert.equal(await suggested.getByRole('listitem').count(), 5);
    await page.goto(`${house.url}/feed/following`);
    await postWith(page, 'The kettle is on.').waitFor();
  });
});
