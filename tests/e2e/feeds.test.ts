import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { PostItem } from '@commonhold/sdk';
import type { Browser, Page } from 'playwright-core';
import { launch, noBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startHouse, tempFolder, type HouseProcess } from '../support/house-process.ts';
import { found, join, type Member } from '../support/people.ts';
import { assertCalm, enter, postWith } from './steps.ts';

interface Scene { browser: Browser; house: HouseProcess; ada: Member; bob: Member; cleo: Member }

test('what posts carry, and how lists show them', async (t) => {
  const missing = noBrowser();
  if (missing) { t.skip(missing); return; }
  const browser = await launch(t);
  const house = await startHouse(t, { data: tempFolder(t, 'feeds') });
  const ada = await found(house);
  const { invite } = await ada.client.invites.make();
  const [bob, cleo] = [await join(house, invite, 'bob'), await join(house, invite, 'cleo')];
  for (const [name, part] of PARTS) await t.test(name, () => part({ browser, house, ada, bob, cleo }));
});

/** A browser of somebody's own, open at `path`, held to calm. */
async function as({ browser, house }: Scene, who: Member, path: string, part: (page: Page, watched: WatchedPage) => Promise<void>): Promise<void> {
  const watched = await openPage(browser);
  await enter(watched, house, who);
  await watched.page.goto(house.url + path);
  await part(watched.page, watched);
  assertCalm(watched, house.url);
  await watched.context.close();
}

const ref = ({ persona, key }: { persona: string; key: string }) => ({ persona, key });
const say = (who: Member, text: string, more: Partial<Parameters<Member['client']['microblog']['post']>[0]> = {}): Promise<PostItem> =>
  who.client.microblog.post({ text, audience: 'house', ...more }, randomUUID());
const pressed = (page: Page, text: string, name: RegExp) => postWith(page, text).getByRole('button', { name });
const saved = (page: Page, path: RegExp) => page.waitForResponse((answer) => answer.request().method() !== 'GET' && path.test(answer.url()) && answer.ok());

const PARTS: [string, (scene: Scene) => Promise<void>][] = [
  ['a long conversation comes in parts, as far as one reads, in its order, and nothing that was read moves', async (scene) => {
    const root = await say(scene.bob, 'Who brings what?');
    const texts = Array.from({ length: 120 }, (_, n) => `Dish number ${n}`);
    let under: PostItem = root;
    for (const [n, text] of texts.entries()) {
      const reply = await say(n % 2 ? scene.ada : scene.cleo, text, { replyTo: ref(n % 10 === 0 ? root : under) });
      if (n % 10 < 2) under = reply;
    }
    await as(scene, scene.ada, `/@bob/${root.key}`, async (page) => {
      const said = () => page.locator('.branches article .post-text, .branches article [dir="auto"]').evaluateAll((all) => all.map((one) => one.textContent ?? '').filter((text) => /^Dish number \d+$/.test(text)));
      await page.getByText('Dish number 3', { exact: true }).waitFor();
      const begun = await said();
      assert.ok(begun.length >= 40 && begun.length < 100, `${begun.length} at first`);
      const top = await page.getByText('Dish number 3', { exact: true }).evaluate((one) => one.getBoundingClientRect().top + scrollY);
      for (let had = begun.length; had < 120;) {
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        await page.waitForFunction((n) => document.querySelectorAll('.branches article').length > n, had);
        had = (await said()).length;
      }
      assert.deepEqual(await said(), texts);
      assert.equal(await page.getByText('Dish number 3', { exact: true }).evaluate((one) => one.getBoundingClientRect().top + scrollY), top);
      await page.getByRole('button', { name: 'More of this conversation' }).waitFor({ state: 'detached' });
    });
  }],

  ['a warning keeps the words back until they are asked for; going back finds them open', async (scene) => {
    await say(scene.bob, 'She is home and humming.', { warning: 'Hospital, good ending' });
    await as(scene, scene.ada, '/', async (page) => {
      const post = postWith(page, 'Hospital, good ending');
      await post.getByText('Bob added this warning').waitFor();
      assert.equal(await page.getByText('humming').count(), 0);
      assert.doesNotMatch(await post.getAttribute('aria-label') ?? '', /humming/);
      await post.getByRole('button', { name: 'Show: Hospital, good ending' }).click();
      await post.getByText('She is home and humming.').waitFor();
      await post.locator('a.when').click();
      await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
      await page.getByText('She is home and humming.').waitFor();
      await page.goBack();
      await post.getByText('She is home and humming.').waitFor();
      await post.getByRole('button', { name: /^Hide/ }).click();
      assert.equal(await page.getByText('humming').count(), 0);
    });
  }],

  ['a filter folds what it finds and says by which word; one that hides leaves nothing', async (scene) => {
    const { ada, bob, house } = scene;
    const filter = (words: string[], how: string, more: object = {}) => fetch(`${house.url}/microblog/filters`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.session}` }, body: JSON.stringify({ words, how, places: ['house', 'threads'], ...more }),
    });
    await say(bob, 'The election again.');
    await say(bob, 'Marzipan for everybody.');
    await say(bob, 'Trams and ferries.');
    for (const answer of [await filter(['election'], 'warn'), await filter(['marzipan'], 'hide'), await filter(['trams'], 'warn', { places: ['profiles'] }), await filter(['ferries'], 'hide', { until: Date.now() + 2500 })]) assert.equal(answer.ok, true);
    await as(scene, ada, '/', async (page) => {
      await page.getByText('Filtered by “election”').waitFor();
      assert.deepEqual([await page.getByText('The election again.').count(), await page.getByText('Marzipan').count()], [0, 0]);
      await page.getByRole('button', { name: 'Show: Filtered by “election”' }).click();
      await page.getByText('The election again.').waitFor();
      // One holds on profiles alone, and the other until a moment ago.
      await page.waitForFunction((end) => Date.now() > end, Date.now() + 2500);
      await page.reload();
      await page.getByText('Trams and ferries.').waitFor();
      await page.goto(`${house.url}/@bob`);
      await page.getByText('Filtered by “trams”').waitFor();
    });
  }],

  ['a poll says who sees the votes, takes one vote, and shows what came out', async (scene) => {
    await say(scene.bob, 'Which evening?', { poll: { options: ['Friday', 'Saturday'], minutes: 60, multiple: false } });
    await as(scene, scene.ada, '/', async (page) => {
      const post = postWith(page, 'Which evening?');
      await post.getByText('Bob sees how you voted').waitFor();
      await post.getByRole('radio', { name: 'Saturday' }).check();
      const sent = saved(page, /\/vote$/);
      await post.getByRole('button', { name: 'Vote' }).click();
      await sent;
      await post.getByText('your vote').waitFor({ state: 'attached' });
      assert.equal(await post.getByRole('list', { name: 'Poll' }).evaluate((list) => list === document.activeElement), true, 'the focus goes with the button');
      // A page brings its posts along: it is opened again once the author has counted.
      await page.waitForFunction(async () => (await (await fetch('/microblog/house?first=30')).text()).includes('"voters":1'));
      await page.reload();
      await post.getByText('1 person voted').waitFor();
      assert.match(await post.getByRole('list', { name: 'Poll' }).innerText(), /Saturday\s+1/);
    });
    await as(scene, scene.bob, '/', async (page) => {
      const post = postWith(page, 'Which evening?');
      await post.getByText('1 person voted').waitFor();
      assert.equal(await post.getByRole('radio').count(), 0);
      await post.getByRole('button', { name: 'Who voted how' }).click();
      const [friday, saturday] = ['Friday', 'Saturday'].map((option) => page.getByRole('dialog').locator('section').filter({ hasText: option }));
      await saturday!.getByRole('link', { name: 'Ada' }).waitFor();
      await friday!.getByText('Nobody chose this').waitFor();
    });
  }],

  ['a quote shows the words of another, until their author takes them out or away', async (scene) => {
    const { ada, bob, cleo } = scene;
    const [kept, back, away] = [await say(bob, 'Quote me on this.'), await say(bob, 'Rather not that.'), await say(bob, 'This will be gone.')];
    const quotes = [await say(cleo, 'As Bob says:', { quote: ref(kept) }), await say(cleo, 'He also said:', { quote: ref(back) }), await say(cleo, 'And he said:', { quote: ref(away) })];
    assert.equal(quotes[0]!.quoted?.state, 'shown');
    await bob.client.microblog.withdraw(back.key, ref(quotes[1]!));
    await bob.client.microblog.remove(away.key);
    await as(scene, ada, '/', async (page) => {
      await postWith(page, 'He also said:').getByText('Bob took their post out of this quote.').waitFor();
      await postWith(page, 'And he said:').getByText('The quoted post by Bob is not here.').waitFor();
      await postWith(page, 'As Bob says:').getByRole('region', { name: 'Quotes a post by Bob' }).getByText('Quote me on this.').click();
      await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
      assert.match(page.url(), new RegExp(`/@bob/${kept.key}$`));
    });
    await as(scene, bob, `/@bob/${kept.key}`, async (page) => {
      await pressed(page, 'Quote me on this.', /^More about the post/).first().click();
      await page.getByRole('menuitem', { name: 'Posts that quote it' }).click();
      await page.getByRole('heading', { name: 'What quotes your post' }).waitFor();
      await postWith(page, 'As Bob says:').waitFor();
      assert.equal(await postWith(page, 'He also said:').count(), 0);
    });
  }],

  ['boosts come with who passed them on and why they are there; many stand side by side', async (scene) => {
    const { ada, bob, cleo } = scene;
    await ada.client.people.follow(bob.persona);
    await say(bob, 'Bob alone.');
    const first = await say(cleo, 'Worth passing on.');
    await bob.client.microblog.boost(ref(first));
    await as(scene, ada, '/feed/following', async (page) => {
      const post = postWith(page, 'Worth passing on.');
      await post.getByText('Bob boosted').waitFor();
      const ask = async (of: string) => {
        await pressed(page, of, /^More about the post/).click();
        await page.getByRole('menuitem', { name: 'Why am I seeing this?' }).click();
      };
      await ask('Worth passing on.');
      await post.getByText('Bob boosted it, and you follow Bob. Posts stand by time, the newest first.').waitFor();
      await ask('Bob alone.');
      await postWith(page, 'Bob alone.').getByText('You follow Bob. Posts stand').waitFor();
      assert.deepEqual((await page.getByRole('navigation', { name: 'Feeds' }).getByRole('link').allInnerTexts()).slice(0, 2), ['House', 'Following']);
      for (const n of [1, 2, 3]) await bob.client.microblog.boost(ref(await say(cleo, `Also worth it, ${n}.`)));
      await page.reload();
      const row = page.getByRole('region', { name: /boosts$/ });
      await row.getByText('Boosts by Bob').waitFor();
      assert.equal(await row.getByRole('article').count(), 3);
      await row.getByRole('button', { name: 'More boosts' }).click();
      await page.waitForFunction(() => document.querySelector('.carousel-row')!.scrollLeft > 50);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await bob.client.microblog.boost(ref(await say(cleo, 'Passed on just now.')));
      await page.getByRole('button', { name: '1 new post' }).click();
      await postWith(page, 'Passed on just now.').getByText('Bob boosted').waitFor();
    });
  }],

  ['a boost and a bookmark are shown at once and are there after a reload; the author alone is told who', async (scene) => {
    const { ada, bob } = scene;
    await say(bob, 'Hand this on.');
    await as(scene, ada, '/', async (page) => {
      for (const name of [/^Boost the post/, /^Bookmark the post/]) {
        const sent = saved(page, /\/(boost|bookmark)$/);
        await pressed(page, 'Hand this on.', name).click();
        assert.equal(await pressed(page, 'Hand this on.', name).getAttribute('aria-pressed'), 'true');
        await sent;
      }
      await page.reload();
      for (const name of [/^Boost the post/, /^Bookmark the post/]) assert.equal(await pressed(page, 'Hand this on.', name).getAttribute('aria-pressed'), 'true');
      await page.goto(`${scene.house.url}/bookmarks`);
      await postWith(page, 'Hand this on.').waitFor();
    });
    await as(scene, bob, '/', async (page) => {
      await postWith(page, 'Hand this on.').getByText('Boosted by Ada').waitFor();
      assert.equal(await page.getByText('1 boost', { exact: true }).count(), 0, 'no numbers by themselves');
      await page.goto(`${scene.house.url}/settings/writing`);
      const kept = saved(page, /\/choices$/);
      await page.getByRole('switch', { name: 'Numbers beside them' }).click();
      await kept;
      await page.goto(scene.house.url);
      await postWith(page, 'Hand this on.').getByText('1 boost', { exact: true }).waitFor();
    });
  }],

  ['parts of a thread say which they are, and tags behind a text are one button', async (scene) => {
    const { ada, bob } = scene;
    await bob.client.microblog.postThread({ posts: ['How we got it up.', 'First the stairs.', 'Then the door.'].map((text) => ({ text })), audience: 'house' }, randomUUID());
    await say(bob, 'Low tide.\n\n#tide #sea #fog #harbour #morning');
    await as(scene, ada, '/', async (page) => {
      await postWith(page, 'First the stairs.').getByText('2/3').waitFor();
      const post = postWith(page, 'Low tide.');
      assert.equal(await post.getByRole('link', { name: '#fog' }).count(), 0);
      await post.getByRole('button', { name: '5 tags' }).click();
      await post.getByRole('link', { name: '#fog' }).click();
      await page.getByRole('heading', { name: '#fog' }).waitFor();
      await postWith(page, 'Low tide.').waitFor();
    });
  }],

  ['where one had stopped is known to the next screen, too', async (scene) => {
    const { cleo, bob } = scene;
    await as(scene, cleo, '/', async (page) => {
      const sent = saved(page, /\/marks$/);
      await postWith(page, 'Low tide.').waitFor();
      await sent;
      assert.equal(await page.getByText('You are caught up').count(), 0);
    });
    await say(bob, 'New since then.');
    await as(scene, cleo, '/', async (page) => {
      await page.getByText('You are caught up').waitFor();
      const [fresh, line, seen] = await Promise.all([postWith(page, 'New since then.'), page.getByText('You are caught up'), postWith(page, 'Low tide.')].map((at) => at.evaluate((node) => node.getBoundingClientRect().top)));
      assert.ok(fresh! < line! && line! < seen!, `${fresh} ${line} ${seen}`);
    });
  }],

  ['a conversation folds, an address opens on its reply, and a missing post says whom it is from', async (scene) => {
    const { ada, bob, cleo } = scene;
    const root = await say(bob, 'Who sings?');
    const first = await say(cleo, 'I do.', { replyTo: ref(root) });
    const second = await say(bob, 'Then so do I.', { replyTo: ref(first) });
    await say(ada, 'All together.', { replyTo: ref(second) });
    await as(scene, ada, `/@bob/${root.key}`, async (page) => {
      await page.getByRole('button', { name: 'Fold the replies to Cleo' }).click();
      await page.getByRole('button', { name: '2 more replies' }).waitFor();
      assert.equal(await page.getByText('Then so do I.').count(), 0);
      await page.getByRole('button', { name: '2 more replies' }).click();
      await page.goto(`${scene.house.url}/@bob/${second.key}`);
      await page.locator('.post.focus').getByText('Then so do I.').waitFor();
      await page.waitForFunction(() => { const { top, bottom } = document.querySelector('.post.focus')!.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; });
      await cleo.client.microblog.remove(first.key);
      await page.reload();
      await page.getByText('A post from Cleo is not here.').waitFor();
    });
  }],

  ['j, k, o, l and q walk through the list and act on the post in use', async (scene) => {
    await as(scene, scene.ada, '/', async (page) => {
      await page.getByRole('article').first().waitFor();
      const here = () => page.evaluate(() => document.activeElement?.closest('article')?.querySelector('.text')?.textContent ?? '');
      const order = await page.getByRole('article').locator('.text').allInnerTexts();
      await page.keyboard.press('j');
      const start = order.indexOf(await here());
      await page.keyboard.press('j');
      assert.equal(await here(), order[start + 1]);
      await page.keyboard.press('k');
      assert.equal(await here(), order[start]);
      await page.keyboard.press('j');
      const [text, heart] = [await here(), () => page.evaluate(() => document.activeElement?.querySelector('[data-act="like"]')?.getAttribute('aria-pressed'))];
      await page.keyboard.press('l');
      await page.waitForFunction(() => document.activeElement?.querySelector('[data-act="like"]')?.getAttribute('aria-pressed') === 'true');
      await page.keyboard.press('b');
      await page.waitForFunction(() => document.activeElement?.querySelector('[data-act="boost"]')?.getAttribute('aria-pressed') === 'true');
      await page.keyboard.press('q');
      await page.getByRole('dialog').getByText(text).waitFor();
      await page.keyboard.press('Escape');
      assert.deepEqual([await here(), await heart()], [text, 'true']);
      await page.keyboard.press('o');
      await page.getByRole('heading', { name: 'Conversation', exact: true }).waitFor();
      await page.goBack();
      await page.getByRole('article').first().waitFor();
      await page.keyboard.press('/');
      await page.getByRole('searchbox').waitFor();
    });
  }],
];
