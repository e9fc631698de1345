import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { launch, noBrowser } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { startService } from '../support/service-process.ts';
import { look } from './look.ts';
import { assertCalm, until } from './steps.ts';
import { comeIn, mine, walkPotluck, type AtTable } from './walk-potluck.ts';

interface Scene extends AtTable { house: HouseProcess }

test('Potluck’s own page, for two people in two languages: joined, planned, answered, narrowed, upgraded, paused, left', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t) });
  const findings: string[] = [];
  const at = await walkPotluck({ t, browser, house, look: async (page, name) => { for (const finding of await look(page)) findings.push(`${name} ${finding}`); } });
  const scene: Scene = { ...at, house };
  let whole = true;
  // Each part begins where the one before it ended.
  for (const [name, part] of PARTS) if (whole) await t.test(name, async () => { whole = false; await part(scene, t); whole = true; });
  assert.deepEqual(findings, []);
  for (const watched of [at.adas, at.bens]) assertCalm(watched, house.url, at.potluck.origin);
});

/** The page of Potluck in the house, where it is bound. */
const bound = async ({ house, ada }: Scene): Promise<string> => `${house.url}/services/${(await mine(ada)).join('/')}`;
const again = async (page: Page, words: string): Promise<void> => { await page.reload(); await page.getByText(words).first().waitFor(); };

const PARTS: [string, (scene: Scene, t: { after(fn: () => Promise<unknown>): void }) => Promise<void>][] = [
  ['who comes and what is on the table is there for the one who gives the meal, by the names that they chose', async ({ adas: { page }, ada }) => {
    await again(page, 'Ben mit den Klößen comes with one more');
    await page.getByText('Klöße, by Ben mit den Klößen, for 6').waitFor();
    const [persona, service] = await mine(ada);
    const { items } = await ada.client.data.query({ persona, service, collection: 'meals' });
    assert.deepEqual(items.map(({ body }) => [body['title'], body['place']]), [['Soup in the garden', 'Behind the boathouse']], 'it lies in her pod');
  }],

  ['what Potluck reads for the table stands in words in both logs, within a second of its reading, without a reload', async ({ adas, bens, house }) => {
    const open = async ({ context }: typeof adas, words: RegExp): Promise<() => Promise<{ line: Locator; before: string }>> => {
      const page = await context.newPage();
      await page.goto(`${house.url}/log`);
      const line = page.getByRole('listitem').filter({ hasText: words }).first();
      await line.waitFor();
      return async () => ({ line, before: await line.innerText() });
    };
    const logs = await Promise.all([open(adas, /^Potluck read .*your meals/), open(bens, /^Potluck hat .*gelesen/)]);
    const once = async (): Promise<number> => {
      const seen = await Promise.all(logs.map((log) => log()));
      const read = adas.page.waitForResponse((answer) => answer.url().endsWith('/table') && answer.ok());
      await adas.page.reload();
      await read;
      const since = performance.now();
      await Promise.all(seen.map(({ line, before }) => until(() => line.innerText(), (now) => now !== before)));
      return performance.now() - since;
    };
    // Whatever else this machine does meanwhile: how fast it can be is what counts.
    const took: number[] = [];
    while (took.length < 5 && took.every((ms) => ms > 1000)) took.push(await once());
    assert.ok(took.some((ms) => ms <= 1000), `${took.map(Math.round).join(', ')} ms`);
    await Promise.all([adas, bens].map(({ context }) => context.pages()[1]!.close()));
  }],

  ['where it is, is for whoever is let see all of it, from their next look', async ({ adas, bens }) => {
    await adas.page.getByRole('button', { name: 'Let see all: Ben mit den Klößen' }).click();
    await adas.page.getByText('now sees all of your meals').waitFor();
    await again(bens.page, 'Behind the boathouse');
    await adas.page.getByRole('button', { name: 'Not any more: Ben mit den Klößen' }).click();
    await adas.page.getByText('sees what and when, as everybody does').waitFor();
    await again(bens.page, 'Wo, und was es sonst zu wissen gibt');
  }],

  ['an answer is changed in its place; a dish is taken back, and not, within five seconds', async ({ adas, bens: { page } }) => {
    await page.getByRole('button', { name: 'Vielleicht' }).click();
    await page.getByText('Sie wissen es.').waitFor();
    await again(adas.page, 'Ben mit den Klößen comes perhaps');
    assert.equal(await adas.page.getByText(/Ben mit den Klößen comes with/).count(), 0);
    await page.getByRole('button', { name: 'Zurücknehmen: Klöße' }).click();
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await page.getByText('Klöße, von dir').waitFor();
  }],

  ['a token that is over is renewed once for all who ask at the same time, and nobody has to come in again', async ({ adas: { page } }) => {
    await page.evaluate(() => { localStorage.setItem('here', JSON.stringify({ ...JSON.parse(localStorage.getItem('here')!) as object, access: 'over' })); });
    await page.goto(`${new URL(page.url()).origin}/`);
    await page.getByRole('link', { name: 'Soup in the garden' }).waitFor();
    await page.getByText('2 people are at the table.').waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Soup in the garden' }).waitFor();
  }],

  ['a rule that is taken back in the house is missing at the very next look', async (scene) => {
    const { adas: { page }, ada, potluck } = scene;
    await page.goto(`${await bound(scene)}#narrow`);
    await page.getByRole('switch', { name: /makers of Potluck can read the diet of your “name at the table”/ }).uncheck();
    await page.getByText('Saved. It holds from now on.').waitFor();
    await page.goto(potluck.origin);
    await page.getByText('2 people are at the table.').waitFor();
    assert.equal(await page.getByText('one eats vegan').count(), 0);
    assert.ok(Object.keys((await ada.client.services.get(...await mine(ada))).narrowing.rules).length === 1);
  }],

  ['the next version: the page points to it, the house shows what changes, a yes brings what is new; who stays goes on', async (scene, t) => {
    const { adas: { page }, bens, house, ada, ben } = scene;
    await scene.potluck.stop();
    scene.potluck = await startService(t, 'potluck', { data: scene.folder, house: house.url, port: scene.potluck.port });
    await again(page, 'There is a later version');
    assert.equal(await page.getByLabel('Allergens in it').isVisible(), false);
    // A house asks a service once a minute at most whether there is a later version, and it has just asked.
    await ada.client.services.preview({ address: scene.potluck.origin });
    await page.getByRole('link', { name: 'See what changes' }).click();
    await page.getByRole('heading', { name: 'Potluck has changed' }).waitFor();
    await page.getByText(/makers of Potluck can read the answer/).first().waitFor();
    await page.getByLabel('Earlier ones too').check();
    await page.getByRole('button', { name: 'Accept version 2' }).click();
    await page.getByText('Potluck is on version 2.').waitFor();
    await page.goto(scene.potluck.origin);
    await page.getByLabel('Allergens in it').waitFor();
    assert.equal(await page.getByText('There is a later version').isVisible(), false);
    await comeIn(page, { come: 'Come in again', allow: 'Let it in' });
    await page.getByRole('heading', { name: 'All tables together' }).waitFor();
    assert.equal(await page.getByText('You have gone on to a later version').isVisible(), false);
    await page.getByRole('link', { name: 'Soup in the garden' }).click();
    await page.getByLabel('Another day').fill('2099-05-08');
    await page.getByRole('button', { name: 'Name it' }).click();
    await page.getByRole('button', { name: /^Suits me: .*8, 2099/ }).waitFor();
    await page.getByRole('button', { name: 'Let Potluck write down the day that suits most' }).click();
    await page.locator('#settled').getByText(/^Most can come on .*8, 2099\.$/).waitFor();
    const [persona, service] = await mine(ada);
    const { items } = await ada.client.data.query({ persona, service, collection: 'settled' });
    assert.deepEqual(items.map(({ author, body }) => [author, body['date']]), [[service, '2099-05-08']], 'in her pod, by Potluck itself');
    await bens.page.reload();
    await bens.page.getByText('Es gibt eine spätere Version').waitFor();
    await bens.page.getByText('Klöße, von dir').waitFor();
    assert.deepEqual([(await ada.client.services.mine()).services[0]!.version, (await ben.client.services.mine()).services[0]!.version], [2, 1]);
  }],

  ['paused in the house, the page says so; it goes on where it was', async (scene) => {
    const { adas: { page }, ada } = scene;
    await ada.client.services.pause(...await mine(ada));
    await again(page, 'You have paused Potluck in your house.');
    await ada.client.services.resume(...await mine(ada));
    await again(page, 'Soup in the garden');
  }],

  ['a meal that is dropped goes with what others promised for it, and comes back if one says so in time', async ({ adas: { page }, ada }) => {
    const [persona, service] = await mine(ada);
    const left = async () => (await Promise.all(['meals', 'dishes', 'rsvps'].map(async (collection) => (await ada.client.data.count({ persona, service, collection })).count)));
    await page.getByRole('button', { name: 'Drop it' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Soup in the garden' }).waitFor();
    assert.deepEqual(await left(), [1, 1, 1]);
    await page.getByRole('button', { name: 'Drop it' }).click();
    await until(left, (counts) => counts.join() === '0,0,0');
    await page.getByText('No meal is planned yet.').waitFor();
  }],

  ['whoever left in the house is told at the page, and is out; going out is a button', async (scene) => {
    const { adas: { page }, bens, ada, house, potluck } = scene;
    const { job: { id } } = await ada.client.services.leave(...await mine(ada));
    // What the page was let have ends when all of it is gone, which is after the list is empty.
    await until(() => ada.client.jobs.mine(), ({ jobs }) => jobs.some((job) => job.id === id && job.state === 'done'));
    assert.deepEqual((await ada.client.services.mine()).services, []);
    await again(page, 'Your house does not let Potluck in any more.');
    await page.getByRole('button', { name: 'Come in' }).waitFor();
    await bens.page.getByRole('button', { name: 'Hinausgehen' }).click();
    await bens.page.getByRole('button', { name: 'Eintreten' }).waitFor();
    assert.equal(await bens.page.evaluate(() => localStorage.getItem('here')), null);
    assert.ok(house.url !== potluck.origin);
  }],
];
