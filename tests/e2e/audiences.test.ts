import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; cleo: Member }

test('audiences, replies to few, and other wordings', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'audiences') });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const scene = { browser, house, ada, bob: await join(house, invite, 'bob'), cleo: await join(house, invite, 'cleo') };
  await ada.client.people.close(scene.bob.persona);
  for (const [name, part] of PARTS) await t.test(name, () => part(scene));
});

/** A page of somebody, at an address; held to calm when the part is done. */
async function as({ browser, house }: Scene, who: Member, path: string, part: (page: Page) => Promise<void>): Promise<void> {
  const watched = await openPage(browser);
  await enter(watched, house, who);
  await watched.page.goto(house.url + path);
  await part(watched.page);
  assertCalm(watched, house.url);
  await watched.context.close();
}

const composer = (page: Page) => page.getByRole('form', { name: 'Write a post' });
const pill = (page: Page) => composer(page).getByRole('button', { name: /Change who can read this/ });
const menuOf = async (page: Page, text: string, item: RegExp) => {
  await postWith(page, text).getByRole('button', { name: /^More about the post/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
const texts = async (who: Member) => (await who.client.microblog.house({ first: 50 })).items.map(({ body }) => body.text);

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['five audiences in words, with their number; Close reaches who is close, is remembered, and the chip says so', async (scene) => {
    const { ada, bob, cleo } = scene;
    await as(scene, ada, '/', async (page) => {
      await pill(page).click();
      const choices = page.getByRole('menuitemradio');
      await choices.filter({ hasText: 'Close · 1 person' }).waitFor();
      assert.deepEqual((await choices.allInnerTexts()).map((text) => text.split(/ ·|\n/)[0]), ['Only me', 'Close', 'Followers', 'Your house', 'Everyone']);
      await choices.filter({ hasText: 'Close · 1 person' }).click();
      assert.match(await pill(page).innerText(), /^Close · 1 person/);
      await composer(page).getByRole('textbox').fill('Only for the kitchen table.');
      await composer(page).getByRole('button', { name: 'Post', exact: true }).click();
      await postWith(page, 'kitchen table').getByText('Close', { exact: true }).waitFor();
      await page.reload();
      await pill(page).getByText(/^Close · 1 person/).waitFor();
    });
    assert.ok((await texts(bob)).includes('Only for the kitchen table.'));
    assert.ok(!(await texts(cleo)).includes('Only for the kitchen table.'));
  }],

  ['an answer to a post for close people says where it goes, and stands there for both', async (scene) => {
    const { ada, bob } = scene;
    const { items } = await ada.client.microblog.house({ first: 50 });
    const post = items.find(({ body }) => body.text.startsWith('Only for the kitchen'))!;
    await as(scene, bob, `/@ada/${post.key}`, async (page) => {
      const form = page.getByRole('form', { name: 'Reply to Ada' });
      await form.getByText('Ada keeps your answer beside the post. The same close people can read it.').waitFor();
      await form.getByText('Close, like this post').waitFor();
      assert.equal(await form.getByRole('button', { name: /Change who/ }).count(), 0);
      await form.getByRole('textbox').fill('I bring the soup.');
      await form.getByRole('button', { name: 'Reply', exact: true }).click();
      await postWith(page, 'I bring the soup.').waitFor();
    });
    await as(scene, ada, `/@ada/${post.key}`, async (page) => { await postWith(page, 'I bring the soup.').waitFor(); });
  }],

  ['an answer to everyone may be narrower, and never wider', async (scene) => {
    const { ada, bob } = scene;
    const post = await ada.client.microblog.post({ text: 'Open to the street.', audience: 'everyone' }, randomUUID());
    await as(scene, bob, `/@ada/${post.key}`, async (page) => {
      const form = page.getByRole('form', { name: 'Reply to Ada' });
      const who = form.getByRole('button', { name: /Change who can read this/ });
      assert.match(await who.innerText(), /Everyone, like this post/);
      await who.click();
      await page.getByRole('menuitemradio', { name: /^Your house/ }).click();
      await form.getByRole('textbox').fill('Just for us here.');
      await form.getByRole('button', { name: 'Reply', exact: true }).click();
      await postWith(page, 'Just for us here.').waitFor();
    });
    const thread = await ada.client.microblog.thread(post);
    assert.equal(thread.items.find(({ body }) => body.text === 'Just for us here.')?.audience, 'house');
  }],

  ['other words: in place, kept over a reload, "edited" opens what it said before, and forgets it', async (scene) => {
    const { ada, bob } = scene;
    const post = await ada.client.microblog.post({ text: 'Rehearsal at sevn.', audience: 'house' }, randomUUID());
    await as(scene, bob, '/', async (other) => {
      await postWith(other, 'Rehearsal at sevn.').waitFor();
      await as(scene, ada, '/', async (page) => {
        await menuOf(page, 'Rehearsal at sevn.', /^Edit/);
        const field = page.getByRole('textbox', { name: 'Edit your post' });
        await field.fill('Rehearsal at seven.');
        await page.reload();
        await menuOf(page, 'Rehearsal at sevn.', /^Edit/);
        assert.equal(await field.inputValue(), 'Rehearsal at seven.');
        await field.press('Control+Enter');
        await postWith(page, 'Rehearsal at seven.').getByRole('button', { name: /^Edited/ }).waitFor();
        // The reader has it at once, in its place: no pill, no second post.
        await postWith(other, 'Rehearsal at seven.').waitFor();
        assert.equal(await other.getByRole('button', { name: /new post/ }).count(), 0);
        await postWith(other, 'Rehearsal at seven.').getByRole('button', { name: /^Edited/ }).click();
        const dialog = other.getByRole('dialog', { name: 'What it said before' });
        await dialog.getByText('Rehearsal at sevn.').waitFor();
        assert.equal(await dialog.getByRole('button', { name: 'Forget earlier wordings' }).count(), 0);
        await other.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        assert.match(await other.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''), /^Edited/);
        await postWith(page, 'Rehearsal at seven.').getByRole('button', { name: /^Edited/ }).click();
        const own = page.getByRole('dialog', { name: 'What it said before' });
        await own.getByRole('button', { name: 'Forget earlier wordings' }).click();
        await own.getByText('This cannot be undone.').waitFor();
        await own.getByRole('button', { name: 'Forget them' }).click();
        await own.getByText('Its earlier wordings were forgotten.').waitFor();
      });
    });
    assert.deepEqual((await bob.client.microblog.versions(post)).versions, []);
  }],

  ['who can read a post is said anew; it leaves the screen of whoever may not, without a reload', async (scene) => {
    const { ada, cleo } = scene;
    const post = await ada.client.microblog.post({ text: 'Second thoughts.', audience: 'house' }, randomUUID());
    await as(scene, cleo, '/', async (other) => {
      await postWith(other, 'Second thoughts.').waitFor();
      await as(scene, ada, '/', async (page) => {
        await menuOf(page, 'Second thoughts.', /^Who can read it/);
        const dialog = page.getByRole('dialog', { name: 'Who can read it' });
        await dialog.waitFor();
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        assert.match(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''), /^More about the post/);
        await menuOf(page, 'Second thoughts.', /^Who can read it/);
        await dialog.getByRole('radio', { name: /^Only me/ }).check();
        await dialog.getByText(/what somebody copied stays copied/).waitFor();
        await dialog.getByRole('button', { name: 'Change' }).click();
        await page.getByText('Now for: Only me.').waitFor();
        await postWith(page, 'Second thoughts.').getByText('Only me', { exact: true }).waitFor();
      });
      await postWith(other, 'Second thoughts.').waitFor({ state: 'detached' });
      await ada.client.microblog.setAudience(post.key, 'house');
      await other.reload();
      await postWith(other, 'Second thoughts.').waitFor();
    });
  }],
];
