import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { verifyExport } from '@commonhold/core';
import { nobleSuite as suite } from '@commonhold/core/noble';
import { createClient } from '@commonhold/sdk';
import { signedFetch } from '@commonhold/sdk/service';
import type { Page } from 'playwright-core';
import { makePotluck, type TrialService } from '../../packages/house/src/testing/potluck.ts';
import { launch, noBrowser, openPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, type Member } from '../support/people.ts';
import { startTutorialService } from '../support/tutorial-service.ts';
import { assertCalm, enter, until } from './steps.ts';
import { comeIn } from './walk-potluck.ts';

interface Scene { page: Page; house: HouseProcess; ada: Member; potluck: TrialService; notes: { origin: string } }

test('services: their contracts in words, joining, and who read what', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'services') });
  const ada = await found(house);
  const watched = await openPage(browser);
  await enter(watched, house, ada);
  const scene = { page: watched.page, house, ada, potluck: withApp(makePotluck(suite)), notes: await startTutorialService(t, house.url) };
  // The app's own page, wherever that is.
  await watched.context.route(`${APP}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>The app</title><h1>Back at the app</h1>' }));
  // One page through all parts: each begins where the one before it ended.
  for (const [name, part] of PARTS) await t.test(name, () => part(scene));
  assertCalm(watched, house.url, APP, scene.notes.origin);
});

const APP = 'https://app.potluck.example';
const VERIFIER = 'a-verifier-of-the-app-that-nobody-else-knows-1234';
/** Its contract names an app in browsers, and what that may ask for. */
const withApp = (potluck: TrialService): TrialService => ({
  ...potluck,
  contract: (change) => potluck.contract((document) => {
    Object.assign(document['service'] as object, { origins: [APP] });
    Object.assign(document, { bundles: { meals: ['dishes'] } });
    change?.(document);
  }),
});

const paste = async (page: Page, url: string, what: string): Promise<void> => {
  await page.goto(`${url}/services`);
  await page.getByLabel('Its address, or its contract').fill(what);
  await page.getByRole('button', { name: 'Look at it' }).click();
};
/** The makers' own client, which signs what it asks. */
const makers = ({ house, potluck }: Scene, seed = potluck.seed) => createClient({ base: house.url, fetch: signedFetch({ seed }) });
const joined = async ({ ada, potluck }: Scene) => ({ persona: (await ada.client.services.mine()).services[0]!.persona, service: potluck.id, collection: 'dishes' });

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['two clicks from Home on a phone, and an empty page says what a service is', async ({ page, house }) => {
    await page.goto(house.url);
    await page.getByRole('button', { name: 'More places' }).locator('visible=true').click();
    await page.getByRole('menuitem', { name: 'Services' }).click();
    await page.getByRole('heading', { name: 'No service yet' }).waitFor();
  }],

  ['what is neither an address nor a contract is said at once; one that cannot be enforced is refused with the place', async ({ page, house, potluck }) => {
    await paste(page, house.url, 'some words');
    await page.getByText('That is neither an address nor a contract.').waitFor();
    const contract = potluck.contract() as unknown as { collections: { dishes: { allow: unknown[] } } };
    const wrong = structuredClone(contract);
    wrong.collections.dishes.allow[1] = { who: 'member', may: ['shred'] };
    await paste(page, house.url, JSON.stringify(wrong));
    await page.getByRole('heading', { name: 'The contract cannot be shown' }).waitFor();
    await page.getByText('collections.dishes.allow.1.may.0').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Join' }).count(), 0);
  }],

  ['a contract that somebody changed after it was signed has a card, and no way to join', async ({ page, house, potluck }) => {
    await paste(page, house.url, JSON.stringify({ ...potluck.contract(), purpose: 'Something else.' }));
    await page.getByText('This cannot be joined.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Join', exact: true }).count(), 0);
  }],

  ['the card: what to know first, four questions, and as whom one joins', async ({ page, house, potluck }) => {
    await paste(page, house.url, JSON.stringify(potluck.contract()));
    await page.getByRole('heading', { name: 'Potluck', level: 2 }).waitFor();
    await page.getByText('Anyone who joins Potluck, its makers included, reaches your dishes and your profile: joining is all it takes.').waitFor();
    for (const name of ['What it keeps', 'Who can read it', 'What it can do without asking', 'What happens when you leave']) await page.getByRole('heading', { name }).waitFor();
    await page.getByText('Potluck cannot tell that it is you. It can tell that you live in this house, and when you joined: who joins two services in the same minute may be guessed to be one person.').waitFor();
    const sample = page.getByRole('region', { name: 'What a record would look like' });
    await sample.getByText('An example, not yours').waitFor();
    await sample.getByText('“title”').waitFor();
  }],

  ['joined narrower, under a name of one’s own, by one tap on the words that were shown', async (scene) => {
    const { page, ada } = scene;
    await page.getByRole('button', { name: 'Join narrower' }).click();
    // Careful to begin with: nobody writes, and the makers read nothing. The makers are let in again.
    const makersRule = page.getByRole('switch', { name: /^The makers of Potluck can read and count the date/ });
    assert.equal(await makersRule.isChecked(), false);
    await makersRule.check();
    await page.getByRole('button', { name: 'Join with these limits' }).click();
    await page.getByText('Nothing shown there leads to you.').waitFor();
    const [mine] = (await ada.client.services.mine()).services;
    assert.deepEqual([mine!.as, mine!.narrowing, mine!.persona === ada.persona], ['pseudonym', { rules: { 'dishes.allow[2]': { off: true } } }, false]);
    await page.getByText('Nobody, in the last seven days.').waitFor();
  }],

  ['what the service reads stands in words on its page, without a reload', async (scene) => {
    const { page, ada } = scene;
    const where = await joined(scene);
    await ada.client.data.put(where, [{ body: { title: 'Soup', date: '2027-03-01' } }]);
    const { items } = await makers(scene).data.query(where);
    assert.deepEqual(items.map(({ body }) => body), [{ date: '2027-03-01' }]);
    await page.getByRole('listitem').filter({ hasText: /Potluck read one of your dishes/ }).getByText('Its contract lets it.').waitFor();
  }],

  ['what it may not is refused, and stands there with the reason', async (scene) => {
    const { page, house } = scene;
    const where = await joined(scene);
    await assert.rejects(makers(scene).data.query({ ...where, collection: 'friends' }));
    await page.getByRole('listitem').filter({ hasText: /Potluck tried to read your friends, and was refused/ }).getByText('No rule lets them. Nothing was given.').waitFor();
    await page.getByRole('link', { name: 'All of it' }).click();
    await page.getByRole('listitem').filter({ hasText: /Potluck tried to read your friends, and was refused/ }).waitFor();
    await page.goto(`${house.url}/log`);
    await page.getByText('Today one service read your data; one try was refused.').waitFor();
    await page.getByRole('listitem').filter({ hasText: /Potluck read one of your dishes/ }).getByRole('button', { name: 'What can be done about Potluck' }).click();
    await page.getByRole('menuitem', { name: 'What you let this service do' }).click();
    await page.getByRole('heading', { name: 'What you let it do' }).waitFor();
  }],

  ['from its row in the log it is reported to the stewards, with what the log says of it, and without the name that one has there', async (scene) => {
    const { page, house, potluck, ada } = scene;
    const { persona } = await joined(scene);
    await ada.client.services.shelve(potluck.id, { hash: (await ada.client.services.get(persona, potluck.id)).hash });
    await page.goto(`${house.url}/log`);
    await page.getByRole('listitem').filter({ hasText: /Potluck tried to read your friends/ }).getByRole('button', { name: 'What can be done about Potluck' }).click();
    await page.getByRole('menuitem', { name: 'Report Potluck' }).click();
    const dialog = page.getByRole('dialog', { name: 'Report Potluck' });
    await dialog.getByText(/^The stewards get its contract as you read it now, and that you have joined, with your name; not the name that you have there/).waitFor();
    await dialog.getByRole('radio', { name: 'Something else' }).check();
    await dialog.getByLabel('In your own words').fill('It looks for my friends.');
    await dialog.getByRole('button', { name: 'Send to the stewards' }).click();
    await page.getByText('Sent. The stewards will look at it').waitFor();
    const { reports: [report] } = await ada.client.care.reports('open');
    assert.deepEqual([report!.about, report!.content.log?.map(({ verb, refused }) => `${verb} ${String(refused)}`).sort()], [{ service: potluck.id }, ['read false', 'read true']]);
    assert.ok(!JSON.stringify(report).includes(persona));
    await page.goto(`${house.url}/house/reports`);
    const card = page.getByRole('article', { name: 'The service Potluck' });
    await card.getByText('It looks for my friends.').waitFor();
    await card.getByText('recommended now').waitFor();
    await card.getByText('What their log says of it: 2 lines').click();
    await card.getByText(/“tried to read your friends, and was refused”$/).waitFor();
    await card.getByLabel('Words to those who reported it').fill('Thank you. Leave it, if you can.');
    await card.getByRole('button', { name: 'Recommend it no more' }).click();
    await page.getByText('Nothing is reported').waitFor();
    assert.deepEqual((await ada.client.services.shelf()).services, []);
    await page.goto(house.url);
    const notice = page.getByRole('region', { name: 'A steward looked at your report' });
    await notice.getByText('Thank you. Leave it, if you can.').waitFor();
    await notice.getByText('Ada recommends it no more in this house.').waitFor();
    await notice.getByRole('button', { name: 'Put away' }).click();
    await page.goto(`${house.url}/house/log`);
    await page.getByText('1 service is recommended no more').waitFor();
  }],

  ['a service that nobody recommends is reported from its card, by whoever only looked at it; the steward looks at the same contract', async ({ page, house, ada }) => {
    const stall = makePotluck(suite, 'stall').contract((document) => { Object.assign(document['service'] as object, { title: 'Stall' }); });
    await paste(page, house.url, JSON.stringify(stall));
    await page.getByRole('button', { name: 'Report it to the stewards' }).click();
    const dialog = page.getByRole('dialog', { name: 'Report Stall' });
    assert.equal(await dialog.getByRole('checkbox').count(), 0, 'there is no log of what was not joined');
    await dialog.getByRole('radio', { name: 'It is advertising or noise' }).check();
    await dialog.getByRole('button', { name: 'Send to the stewards' }).click();
    await page.getByText('Sent. The stewards will look at it').waitFor();
    await page.goto(`${house.url}/house/reports`);
    const card = page.getByRole('article', { name: 'The service Stall' });
    await card.getByText('It is not recommended in this house.').waitFor();
    await card.getByRole('button', { name: 'Look at its contract' }).click();
    await page.getByRole('heading', { name: 'Stall', level: 2 }).waitFor();
    const { reports: [report] } = await ada.client.care.reports('open');
    await assert.rejects(ada.client.care.answer(report!.id, { act: 'suspend' }), { code: 'not_a_person' });
    await ada.client.care.answer(report!.id, { act: 'none' });
    const { notices: [told] } = await ada.client.care.notices();
    assert.deepEqual([told!.kind, told!.about], ['answered-service', 'none']);
    await ada.client.care.dropNotice(told!.id);
    const { persona, service } = (await ada.client.services.mine()).services[0]!;
    await page.goto(`${house.url}/services/${persona}/${service}`);
    await page.getByRole('heading', { name: 'What you let it do' }).waitFor();
  }],

  ['a rule that is taken back refuses the very next read, with that reason in the log; given back, it reads again', async (scene) => {
    const { page } = scene;
    const where = await joined(scene);
    const rule = page.getByRole('switch', { name: /^The makers of Potluck can read and count the date/ });
    await rule.uncheck();
    await page.getByText('Saved. It holds from now on.').waitFor();
    await assert.rejects(makers(scene).data.query(where), { code: 'not_found' });
    await page.getByText('You have narrowed this. Nothing was given.').waitFor();
    await rule.check();
    await until(async () => (await scene.ada.client.services.get(where.persona, where.service)).narrowing.rules['dishes.allow[3]'], (part) => part === undefined);
    assert.equal((await makers(scene).data.query(where)).items.length, 1);
  }],

  ['paused, nobody reads; it goes on where one says so', async (scene) => {
    const { page } = scene;
    const where = await joined(scene);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('menuitem', { name: 'For a week' }).click();
    await page.getByText(/^Paused until .*nobody but you reads or writes anything here\. Then it goes on by itself\.$/).waitFor();
    const { pausedUntil } = await scene.ada.client.services.get(where.persona, where.service);
    assert.ok(Math.abs(pausedUntil! - Date.now() - 7 * 86_400_000) < 600_000);
    await assert.rejects(makers(scene).data.query(where), { code: 'not_found' });
    await page.getByText('You have paused this. Nothing was given.').waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    assert.equal((await makers(scene).data.query(where)).items.length, 1);
  }],

  ['two clicks from Home stop a service: the very next read is refused, and it goes on from there', async (scene) => {
    const { page, house } = scene;
    const where = await joined(scene);
    await page.goto(house.url);
    await page.getByRole('link', { name: 'Who read your data' }).locator('visible=true').click();
    await page.getByRole('button', { name: 'Pause Potluck' }).click();
    await page.getByRole('button', { name: 'Let Potluck go on' }).waitFor();
    await assert.rejects(makers(scene).data.query(where), { code: 'not_found' });
    await page.getByRole('button', { name: 'Let Potluck go on' }).click();
    await page.getByRole('button', { name: 'Pause Potluck' }).waitFor();
    assert.equal((await makers(scene).data.query(where)).items.length, 1);
  }],

  ['a version that one does not want is offered no more; what is there stays, and is read as before', async (scene) => {
    const { page, house, potluck, ada } = scene;
    const where = await joined(scene);
    await paste(page, house.url, JSON.stringify(potluck.contract((document) => { Object.assign(document, { version: 2, purpose: 'Sell meals.' }); })));
    await page.getByRole('link', { name: 'Open it' }).click();
    await page.getByRole('button', { name: 'Stay on version 1' }).click();
    await page.getByText('You stay on version 1.').waitFor();
    await page.getByRole('heading', { name: 'Potluck has changed' }).waitFor({ state: 'detached' });
    assert.deepEqual((({ version, offered }) => [version, offered])(await ada.client.services.get(where.persona, where.service)), [1, null]);
    assert.equal((await makers(scene).data.query(where)).items.length, 1);
  }],

  ['a later version is shown as what it changes; it is accepted with a yes alone', async (scene) => {
    const { page, house, potluck, ada } = scene;
    const later = potluck.contract((document) => {
      const dishes = (document['collections'] as { dishes: { allow: { fields?: string[] }[] } }).dishes;
      Object.assign(document, { version: 3 });
      dishes.allow[3]!.fields = ['date', 'diet'];
      dishes.allow[1]!.fields = ['title'];
    });
    await paste(page, house.url, JSON.stringify(later));
    await page.getByText('You have joined this service, in version 1.').waitFor();
    await page.getByRole('link', { name: 'Open it' }).click();
    await page.getByRole('heading', { name: 'Potluck has changed' }).waitFor();
    await page.getByText(/^1 thing gets wider, 1 thing gets narrower, and \d+ things stay as they are\.$/).waitFor();
    await page.getByText('The makers of Potluck can read and count the date and diet of those of your dishes that are meant for them.').first().waitFor();
    const where = await joined(scene);
    assert.equal((await ada.client.services.get(where.persona, where.service)).version, 1);
    await page.getByRole('button', { name: 'Accept version 3' }).click();
    await page.getByText('Potluck is on version 3.').waitFor();
    await page.getByRole('heading', { name: 'Potluck has changed' }).waitFor({ state: 'detached' });
    assert.equal((await ada.client.services.get(where.persona, where.service)).version, 3);
  }],

  ['an app asks to come in: the page says who, as whom, and to what; where its address is not the service’s, nobody is sent there', async ({ page, house, potluck, ada }) => {
    const ask = (redirect: string) => `${house.url}/authorize?${new URLSearchParams({
      client_id: potluck.id, redirect_uri: redirect, response_type: 'code', scope: 'meals', state: 'mine', code_challenge_method: 'S256', code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    })}`;
    await page.goto(ask('https://evil.example/back'));
    await page.getByRole('heading', { name: 'This app cannot be let in' }).waitFor();
    await page.goto(ask(`${APP}/back`));
    await page.getByRole('heading', { name: 'Potluck asks to come in' }).waitFor();
    await page.getByText('It comes in as the name that you have there, not as yourself.').waitFor();
    await page.getByText(/^Your dishes, up to/).waitFor();
    await page.getByRole('button', { name: 'Let it in' }).click();
    await page.getByRole('heading', { name: 'Back at the app' }).waitFor();
    const back = new URL(page.url()).searchParams;
    assert.equal(back.get('state'), 'mine');
    const answer = await fetch(`${house.url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: back.get('code')!, client_id: potluck.id, redirect_uri: `${APP}/back`, code_verifier: VERIFIER }) });
    const { access_token: token, persona } = await answer.json() as { access_token: string; persona: string };
    const query = () => createClient({ base: house.url, session: token }).data.query({ persona, service: potluck.id, collection: 'dishes' });
    assert.equal((await query()).items.length, 1);
    await page.goto(`${house.url}/log`);
    await page.getByRole('listitem').filter({ hasText: /The app of Potluck read one of your dishes/ }).getByText('You let this app in.').waitFor();
    await page.getByRole('button', { name: 'Let the app of Potluck in no more' }).click();
    await page.getByText('“Potluck” is ended. It reads nothing more.').waitFor();
    await assert.rejects(query(), { status: 401 });
    assert.deepEqual((await ada.client.me.apps()).apps, []);
  }],

  ['left with a copy: what was kept and who read it goes along, then nothing of it is here', async (scene) => {
    const { page, house, ada } = scene;
    const where = await joined(scene);
    await page.goto(`${house.url}/services/${where.persona}/${where.service}`);
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    const taken = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Save a copy' }).click();
    const file = await taken;
    assert.equal(file.suggestedFilename(), 'potluck.jsonl');
    const text = readFileSync(await file.path(), 'utf8');
    const whole = await verifyExport(suite, text.split(/(?<=\n)/).map((line) => Buffer.from(line)));
    assert.ok(whole.ok, JSON.stringify(whole));
    const lines = text.trimEnd().split('\n').map((line) => JSON.parse(line) as { type: string; body?: object; verb?: string });
    assert.deepEqual(lines.find(({ type, body }) => type === 'entry' && body)!.body, { date: '2027-03-01', title: 'Soup' });
    assert.ok(lines.some(({ type, verb }) => type === 'access' && verb === 'read'));
    await page.getByRole('button', { name: 'Leave and erase' }).click();
    await page.getByText('You have left Potluck. Nothing of it is here any more.').waitFor();
    await page.getByRole('heading', { name: 'No service yet' }).waitFor();
    assert.deepEqual((await ada.client.services.mine()).services, []);
    await assert.rejects(makers(scene).data.query(where), { code: 'not_found' });
    assert.ok(!JSON.stringify(await ada.client.me.log()).includes(where.service));
  }],

  ['stewards recommend a service with a word of theirs, in their order; members find it, and take it from there', async ({ page, house, potluck, ada }) => {
    await paste(page, house.url, JSON.stringify(potluck.contract()));
    await page.getByLabel('Your word about it').fill('For our Fridays.');
    await page.getByRole('button', { name: 'Recommend it' }).click();
    await page.getByText('Potluck is recommended to everybody here.').waitFor();
    await paste(page, house.url, JSON.stringify(makePotluck(suite, 'picnic').contract((document) => { Object.assign(document['service'] as object, { title: 'Picnic' }); })));
    await page.getByRole('button', { name: 'Recommend it' }).click();
    await page.getByText('Picnic is recommended to everybody here.').waitFor();
    await page.goto(`${house.url}/services`);
    await page.getByText('Your stewards: For our Fridays.').waitFor();
    await page.getByRole('button', { name: 'Move Picnic down' }).click();
    await until(async () => (await ada.client.services.shelf()).services.map(({ title }) => title).join(), (order) => order === 'Potluck,Picnic');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Move Picnic up');
    await page.getByRole('button', { name: 'What can be done about Picnic' }).click();
    await page.getByRole('menuitem', { name: 'Recommend it no more' }).click();
    await page.getByText('Picnic is recommended no more.').waitFor();
    await page.getByRole('link', { name: 'Potluck', exact: true }).click();
    await page.getByText('You recommend it to everybody here.').waitFor();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText('Nothing shown there leads to you.').waitFor();
  }],

  ['a file of BYODA has a card, which says what is not done here, each with its place; it is joined like any other', async ({ page, house, ada }) => {
    const file = readFileSync(new URL('../../spec/vectors/byoda.json', import.meta.url), 'utf8');
    const reel = (JSON.parse(file) as { files: { name: string; file: object }[] }).files.find(({ name }) => name === 'reel')!.file;
    await paste(page, house.url, JSON.stringify(reel));
    await page.getByText('This was made of a contract file of BYODA.').waitFor();
    const undone = page.getByRole('region', { name: 'What is not done here' });
    await undone.getByText(/in the contract$/).first().click();
    await undone.getByText(/^\//).locator('visible=true').first().waitFor();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText('Nothing shown there leads to you.').waitFor();
    assert.equal((await ada.client.services.mine()).services.length, 2);
  }],

  ['the page that the tutorial makes: come in by one’s house, a note is kept in the pod, for whom one says, and dropped', async ({ page, house, ada, notes }) => {
    const { hash } = await ada.client.services.preview({ address: notes.origin });
    const { persona, service } = await ada.client.services.join({ hash });
    const kept = async () => (await ada.client.data.query({ persona, service, collection: 'notes' })).items.map(({ body, audience }) => `${String(body['text'])} ${audience}`);
    await page.goto(notes.origin);
    assert.equal(await page.getByLabel('Your house').inputValue(), house.url);
    await comeIn(page);
    await page.getByText('No note yet.').waitFor();
    await page.getByLabel('A note').fill('The key is with Ben');
    await page.getByLabel('Who may read it').selectOption({ label: 'For everybody who joined' });
    await page.getByRole('button', { name: 'Keep it' }).click();
    await page.getByText('Kept.').waitFor();
    assert.deepEqual(await kept(), ['The key is with Ben members']);
    await page.getByRole('button', { name: 'Drop it: The key is with Ben' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('For everybody who joined').first().waitFor();
    await page.getByRole('button', { name: 'Drop it: The key is with Ben' }).click();
    await until(kept, (found) => found.length === 0);
    await page.getByText('No note yet.').waitFor();
  }],

  ['a builder joins a draft, changes it freely, and is told each time that it is one', async ({ page, house, ada }) => {
    const draft = (purpose: string): string => { const { signature: _, ...rest } = makePotluck(suite, 'draft').contract((document) => { Object.assign(document, { purpose }); Object.assign(document['service'] as object, { title: 'Sketch' }); }); return JSON.stringify(rest); };
    const first = draft('A first try.');
    await paste(page, house.url, first);
    await page.getByText('This contract is not signed.').waitFor();
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText('A draft of yours').first().waitFor();
    await paste(page, house.url, first.replace('A first try.', 'A second try.'));
    await page.getByRole('link', { name: 'Open it' }).click();
    await page.getByText('“A second try.”').first().waitFor();
    await page.getByRole('button', { name: 'Accept version 1' }).click();
    await page.getByText('Sketch is on version 1.').waitFor();
    assert.equal((await ada.client.services.mine()).services.find(({ title }) => title === 'Sketch')!.purpose, 'A second try.');
  }],
];
