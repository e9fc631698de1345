import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { moving, photo } from '../../packages/house/src/testing/pictures.ts';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, type Member } from '../support/people.ts';
import { assertCalm, enter, forgive, postWith } from './steps.ts';

interface Scene { house: HouseProcess; ada: Member; page: Page; watched: WatchedPage }

const composer = (page: Page) => page.getByRole('form', { name: 'Write a post' });
const field = (page: Page) => page.getByRole('textbox', { name: 'Write a post' });
const chosen = (page: Page) => composer(page).getByRole('list', { name: 'Pictures of this post' }).getByRole('listitem');
const choose = async (page: Page, ...files: Buffer[]) => {
  await composer(page).locator('input[type="file"]').setInputFiles(files.map((buffer, i) => ({ name: `IMG_${i}.jpg`, mimeType: 'image/jpeg', buffer })));
};
const sendPost = (page: Page) => composer(page).getByRole('button', { name: 'Post', exact: true }).click();

/** Gives files to the words as a paste or a drop would. */
async function hand(page: Page, how: 'paste' | 'drop', file: Buffer): Promise<void> {
  await field(page).evaluate((at, [kind, base64]) => {
    const bytes = Uint8Array.from(atob(base64!), (one) => one.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], 'from elsewhere.jpg', { type: 'image/jpeg' }));
    const event = kind === 'paste' ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }) : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true });
    at.dispatchEvent(event);
  }, [how, file.toString('base64')] as const);
}

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['pictures are picked, pasted and dropped, described, put in order and posted without what they say of their maker', async ({ ada, page }) => {
    await field(page).fill('Under the clock');
    await choose(page, await photo({ turned: true }));
    await hand(page, 'paste', await photo({ width: 700, height: 500 }));
    await hand(page, 'drop', await photo({ width: 200, height: 300 }));
    await composer(page).getByText('Where and with what it was taken is removed').waitFor();
    await composer(page).getByText('3 pictures have no description yet').waitFor();
    await page.getByRole('textbox', { name: 'What is in picture 1?' }).fill('The clock of the market hall');
    await page.getByRole('textbox', { name: 'What is in picture 2?' }).fill('Fish');
    await composer(page).getByText('One picture has no description yet').waitFor();
    await page.getByRole('button', { name: 'Move picture 2 forward' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'What is in picture 1?' }).inputValue(), 'Fish');
    await page.getByRole('button', { name: 'Remove picture 3' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.picked progress').length === 0);
    await sendPost(page);
    const post = postWith(page, 'Under the clock');
    await post.getByRole('button', { name: 'Open picture: Fish' }).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.frame.there').length === 2);
    const [item] = (await ada.client.microblog.house({ first: 1 })).items;
    assert.deepEqual(item!.body.images!.map(({ alt, width, height }) => [alt, width, height]), [['Fish', 700, 500], ['The clock of the market hall', 600, 900]]);
    for (const image of item!.body.images!) {
      const bytes = Buffer.from(await (await fetch(ada.client.data.blobUrl({ persona: ada.persona, service: 'microblog', collection: 'posts' }, item!.key, image.full), { headers: { authorization: `Bearer ${ada.session}` } })).arrayBuffer());
      assert.ok(bytes.length > 100);
      assert.doesNotMatch(bytes.toString('latin1'), /Exif|GPS|SecretCam|Mill Street/);
    }
  }],

  ['a picture that did not arrive says why, is sent again, and the post waits for it', async ({ page, watched, ada }) => {
    let tries = 0;
    await page.route('**/microblog/images', (route) => (++tries === 1 ? route.abort('connectionreset') : route.continue()));
    await field(page).fill('Second try');
    await choose(page, await photo());
    await chosen(page).getByText('The house did not answer.').waitFor();
    assert.equal(await composer(page).getByRole('button', { name: 'Post', exact: true }).getAttribute('aria-disabled'), 'true');
    await chosen(page).getByRole('button', { name: 'Send again' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.picked progress, .picked .bad').length === 0);
    // What is sent stands in the draft, so that it is there when the page is opened anew.
    await page.getByRole('textbox', { name: 'What is in picture 1?' }).fill('A stall');
    await page.reload();
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('.picked textarea')?.value === 'A stall');
    await sendPost(page);
    await postWith(page, 'Second try').getByRole('button', { name: 'Open picture: A stall' }).waitFor();
    assert.equal((await ada.client.microblog.house({ first: 1 })).items[0]!.body.images!.length, 1);
    await choose(page, Buffer.from('this is a letter, whatever it is called'));
    await chosen(page).getByText('This kind of file is not taken').waitFor();
    // It is no picture: nothing is asked about it, it takes nobody's place, and it can be left out.
    assert.equal(await page.getByRole('textbox', { name: 'What is in picture 1?' }).count(), 0);
    await choose(page, await photo({ width: 40, height: 30 }));
    await page.getByRole('textbox', { name: 'What is in picture 2?' }).waitFor();
    await chosen(page).getByRole('button', { name: 'Leave it out' }).click();
    await page.getByRole('textbox', { name: 'What is in picture 1?' }).waitFor();
    await page.getByRole('button', { name: 'Remove picture 1' }).click();
    forgive(watched, /ERR_CONNECTION_RESET/);
  }],

  ['five pictures are one too many', async ({ page }) => {
    const one = await photo({ width: 40, height: 30 });
    await choose(page, one, one, one, one, one);
    await page.getByText('A post has at most 4 pictures.').waitFor();
    assert.equal(await chosen(page).count(), 4);
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Remove picture 1' }).click();
  }],

  ['a picture opens over the page: arrows, closer looks, words, Esc, and the focus goes back', async ({ page, ada }) => {
    const images = [];
    for (const [i, bytes] of [await photo({ width: 1600, height: 1000 }), await photo({ width: 300, height: 900 }), await moving({ side: 300 })].entries()) {
      images.push({ ...(await ada.client.microblog.sendImage(new Uint8Array(bytes))).image, ...(i < 2 ? { alt: `Number ${i + 1}` } : {}) });
    }
    await ada.client.data.put({ persona: ada.persona, service: 'microblog', collection: 'posts' }, [{ body: { text: 'Three of them', createdAt: Date.now(), images } }]);
    const post = postWith(page, 'Three of them');
    await page.reload();
    const first = post.getByRole('button', { name: 'Open picture: Number 1' });
    await first.waitFor();
    await post.getByText('Moving', { exact: true }).waitFor();
    await post.getByRole('button', { name: 'What is in picture 2' }).click();
    await post.getByText('Number 2', { exact: true }).waitFor();
    await first.focus();
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog', { name: 'Pictures' });
    await viewer.getByText('1 of 3').waitFor();
    await viewer.getByText('Number 1', { exact: true }).waitFor();
    const scale = () => viewer.locator('.room img').evaluate((img) => new DOMMatrix(getComputedStyle(img).transform).a);
    await page.keyboard.press('ArrowLeft');
    await viewer.getByText('1 of 3').waitFor();
    await viewer.getByRole('button', { name: 'Larger' }).click();
    assert.ok(await scale() > 1.5);
    await page.keyboard.press('0');
    await viewer.locator('.room').dblclick();
    assert.equal(await scale(), 2.5);
    await page.keyboard.press('ArrowRight');
    await viewer.getByText('Number 2', { exact: true }).waitFor();
    assert.equal(await scale(), 1);
    await pinch(page);
    assert.ok(await scale() > 1.5);
    await page.keyboard.press('ArrowRight');
    await viewer.getByText('No description was written').waitFor();
    for (let i = 0; i < 9; i++) {
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement === document.body || document.querySelector('dialog.viewer')!.contains(document.activeElement)), true, 'the focus stays in it');
    }
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'hidden' });
    assert.equal(await first.evaluate((at) => at === document.activeElement), true);
  }],
];

/** Two fingers that move apart on the picture. */
async function pinch(page: Page): Promise<void> {
  await page.locator('.viewer .room').evaluate((room) => {
    const { left, top, width, height } = room.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    const at = (type: string, pointerId: number, clientX: number) => room.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: y, pointerType: 'touch', bubbles: true }));
    room.setPointerCapture = () => undefined;
    at('pointerdown', 11, x - 20);
    at('pointerdown', 12, x + 20);
    for (const far of [30, 45, 60]) { at('pointermove', 11, x - far); at('pointermove', 12, x + far); }
    at('pointerup', 11, x - 60);
    at('pointerup', 12, x + 60);
  });
}

test('pictures in a browser', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'pictures') });
  const ada = await found(house);
  const watched = await openPage(browser);
  const { page } = watched;
  await enter(watched, house, ada);
  await page.goto(house.url);
  await field(page).waitFor();
  for (const [name, part] of PARTS) {
    await t.test(name, async () => {
      await part({ house, ada, page, watched });
      assertCalm(watched, house.url);
    });
  }
});
