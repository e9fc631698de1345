import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, until } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; cleo: Member }

test('rings and requests', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'rings') });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const scene = { browser, house, ada, bob: await join(house, invite, 'bob'), cleo: await join(house, invite, 'cleo') };
  for (const [name, part] of PARTS) await t.test(name, () => part(scene));
});

/** A page of somebody, at an address; held to calm when the part is done. */
async function as({ browser, house }: Scene, who: Member, path: string, part: (page: Page) => Promise<void>): Promise<void> {
  const watched = await openPage(browser, { viewport: { width: 1280, height: 800 } });
  await enter(watched, house, who);
  await watched.page.goto(house.url + path);
  await part(watched.page);
  assertCalm(watched, house.url);
  await watched.context.close();
}

const saved = (page: Page, method: string, path: RegExp) => page.waitForResponse((answer) => answer.request().method() === method && path.test(answer.url()) && answer.ok());
const rowOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['a locked person is asked first: Asked, the badge, Accept, Following, each without a reload', async (scene) => {
    const { ada, bob } = scene;
    await as(scene, ada, '/settings/you', async (page) => {
      const locked = saved(page, 'PUT', /\/people\/profile$/);
      await page.getByRole('switch', { name: 'People ask before they follow you' }).click();
      await locked;
      await page.getByText('Requests wait under People until you answer.').waitFor();
      await as(scene, bob, '/@ada', async (other) => {
        await other.getByText('Ada is asked before somebody follows.').waitFor();
        await other.getByRole('main').getByRole('button', { name: 'Ask to follow Ada' }).click();
        await other.getByText('Asked. Ada decides who follows.').waitFor();
        await page.getByRole('link', { name: /People/ }).first().getByText('1 asks to follow you').waitFor({ state: 'attached' });
        await page.getByRole('link', { name: /People/ }).first().click();
        await page.getByRole('link', { name: /Requests/ }).click();
        await page.getByText('They are not told if you decline.').waitFor();
        await page.getByRole('button', { name: 'Accept: Bob may follow you' }).click();
        await page.getByText('Nobody is waiting').waitFor();
        assert.equal(await page.evaluate(() => document.activeElement?.id), 'ring');
        await other.getByRole('main').getByRole('button', { name: 'Following Ada. Stop following' }).waitFor();
      });
      await page.getByRole('link', { name: 'Followers' }).click();
      await rowOf(page, 'Bob').waitFor();
    });
    assert.deepEqual((await ada.client.people.followers()).people.map(({ handle }) => handle), ['bob']);
  }],

  ['a request can be taken back, and declined, also from News; nobody is told of a no', async (scene) => {
    const { ada, cleo } = scene;
    await as(scene, cleo, '/people', async (page) => {
      const ada1 = rowOf(page, 'Ada');
      await ada1.getByRole('button', { name: 'Ask to follow Ada' }).click();
      const back = saved(page, 'DELETE', /\/follow$/);
      await ada1.getByRole('button', { name: /You asked to follow Ada/ }).click();
      await back;
      // It reaches the other's pod a moment later.
      await until(() => ada.client.people.requests(), ({ requests }) => requests.length === 0);
      await as(scene, ada, '/settings/you', async (other) => {
        // What comes before the stream of what is new is open, and after the page asked, is told to nobody.
        const opens = Promise.withResolvers<void>();
        await other.route('**/live', async (route) => { await opens.promise; await route.continue(); });
        await other.goto(`${scene.house.url}/news`);
        await other.getByText('No news yet').waitFor();
        await ada1.getByRole('button', { name: 'Ask to follow Ada' }).click();
        await until(() => ada.client.people.requests(), ({ requests }) => requests.length === 1);
        opens.resolve();
        const row = rowOf(other, 'Cleo would like to follow you');
        await row.getByText('They are not told if you decline.').waitFor();
        await row.getByRole('button', { name: 'Decline: Cleo' }).click();
        await other.getByText('Declined. Cleo is not told.').waitFor();
        assert.equal(await row.getByRole('button', { name: 'Accept: Cleo may follow you' }).count(), 0);
      });
      await page.reload();
      await rowOf(page, 'Ada').getByRole('button', { name: /You asked to follow Ada/ }).waitFor();
    });
  }],

  ['close: in from the list, out from the profile, and both pages agree', async (scene) => {
    const { ada } = scene;
    await as(scene, ada, '/people?ring=close', async (page) => {
      await page.getByText('Nobody is close yet').waitFor();
      const put = saved(page, 'PUT', /\/close$/);
      await page.getByRole('button', { name: 'Add Bob' }).click();
      await put;
      await page.getByRole('button', { name: 'Take out Bob' }).waitFor();
      await page.goto(`${scene.house.url}/@bob`);
      const ring = page.getByRole('region', { name: 'What Bob reads of yours' }).getByRole('switch');
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('.aside .reads [role=switch]')?.checked);
      const out = saved(page, 'DELETE', /\/close$/);
      await ring.click();
      await out;
      await page.goto(`${scene.house.url}/people`);
      await rowOf(page, 'Bob').waitFor();
      assert.equal(await rowOf(page, 'Bob').getByText('Close', { exact: true }).count(), 0);
      const again = saved(page, 'PUT', /\/close$/);
      await page.getByRole('button', { name: 'More about Bob' }).press('Enter');
      await page.getByRole('menuitem', { name: /^Call close/ }).press('Enter');
      await again;
      await rowOf(page, 'Bob').getByText('Close', { exact: true }).waitFor();
    });
    assert.equal((await ada.client.people.get('bob')).close, true);
  }],

  ['a follower can be removed, with five seconds to think', async (scene) => {
    const { ada } = scene;
    await as(scene, ada, '/people?ring=followers', async (page) => {
      await page.getByRole('button', { name: 'More about Bob' }).click();
      await page.getByRole('menuitem', { name: /^Remove follower/ }).click();
      await page.getByText('Nobody follows you yet').waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await rowOf(page, 'Bob').waitFor();
      await until(() => ada.client.people.followers(), ({ people }) => people.length === 1);
      const gone = saved(page, 'DELETE', /\/people\/followers\//);
      await page.getByRole('button', { name: 'More about Bob' }).click();
      await page.getByRole('menuitem', { name: /^Remove follower/ }).click();
      await gone;
    });
    await until(() => ada.client.people.followers(), ({ people }) => people.length === 0);
  }],
];
