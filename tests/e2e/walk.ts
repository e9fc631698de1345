import type { Browser, Page } from 'playwright-core';
import { openPage, type WatchedPage } from '../support/browser.ts';
import type { HouseProcess } from '../support/house-process.ts';
import { CHOIR } from './choir.ts';
import { seed, type Seeded } from './seed.ts';
import { fillWho } from './steps.ts';
import { walkOpen, walkRepair, walkWriting } from './walk-few.ts';
import { walkPictures } from './walk-pictures.ts';
import { walkKeys } from './walk-keys.ts';
import { walkServices } from './walk-services.ts';
import { walkBackups, walkStranger } from './walk-open.ts';
import { walkSelf } from './walk-self.ts';

/** What a walk needs. `look` is called on every screen, by name; `onNetwork` when the machine has a network to let in; `backups`: a folder for them. */
export interface Walk { browser: Browser; house: HouseProcess; onNetwork: boolean; backups: string; look: (page: Page, name: string) => Promise<void> }
/** A house that was founded by `member`, and filled. */
export interface Begun extends Walk { member: WatchedPage; seeded: Seeded }

/** A screen that an address alone leads to; `text` stands on it once it is there. */
interface Screen { name: string; path: string; text: string }

const forMembers = ({ posts, invite, list }: Seeded): Screen[] => [
  { name: 'home', path: '/', text: 'Tonight: bars 40 to 52' },
  { name: 'home-following', path: '/feed/following', text: 'Tonight: bars 40 to 52' },
  { name: 'feed-list', path: `/feed/list/${list}`, text: 'Two seats in my car' },
  { name: 'search', path: '/search', text: 'How to look' },
  { name: 'search-found', path: '/search?q=echo', text: 'The echo under the clock' },
  { name: 'tag', path: '/tag/rehearsal', text: 'before you touch the fuse box' },
  { name: 'bookmarks', path: '/bookmarks', text: 'Low tide at six' },
  { name: 'lists', path: '/lists', text: 'Basses and boats' },
  { name: 'list-edit', path: `/lists/${list}`, text: 'Who is on it' },
  { name: 'catch-up', path: '/catch-up', text: 'How far back?' },
  { name: 'catch-up-found', path: '/catch-up?hours=24', text: 'You don’t have to read everything' },
  { name: 'thread', path: `/@ines/${posts[5]!.key}`, text: 'nineteen feet to the left' },
  { name: 'quotes', path: `/@tomasz/${posts[0]!.key}/quotes`, text: 'Framed, above my desk' },
  { name: 'profile', path: '/@sade', text: 'Fog horn in B flat' },
  { name: 'profile-own', path: '/@tomasz', text: 'Welcome, everyone' },
  { name: 'news', path: '/news', text: 'liked your post' },
  { name: 'news-replies', path: '/news?kind=reply', text: 'replied to you' },
  { name: 'people', path: '/people', text: 'Alto, mends bicycles' },
  { name: 'people-requests', path: '/people?ring=requests', text: 'They are not told if you decline' },
  { name: 'people-following', path: '/people?ring=following', text: 'Asked' },
  { name: 'people-followers', path: '/people?ring=followers', text: 'earlier posts included' },
  { name: 'people-close', path: '/people?ring=close', text: 'Others in your house' },
  { name: 'services-empty', path: '/services', text: 'No service yet' },
  { name: 'log', path: '/log', text: 'Backup on the shelf' },
  { name: 'log-refused', path: '/log?show=refused', text: 'No rule lets them' },
  { name: 'invite', path: '/invite', text: invite },
  { name: 'house', path: '/house', text: 'What this house can read and do' },
  { name: 'house-people', path: '/house/people', text: 'Only stewards see the whole of it' },
  { name: 'house-log', path: '/house/log', text: 'came in' },
  { name: 'house-reports', path: '/house/reports', text: 'Said every week since February' },
  { name: 'house-hidden', path: '/house/hidden', text: 'Nothing is hidden' },
  { name: 'house-health', path: '/house/health', text: 'There is no backup yet' },
  { name: 'house-version', path: '/house/version', text: 'What is new' },
  { name: 'house-waiting', path: '/house/waiting', text: 'Nobody waits' },
  { name: 'settings-devices', path: '/settings/devices', text: 'This browser, now' },
  { name: 'settings-words', path: '/settings/words', text: 'Recovery words' },
  { name: 'settings-house', path: '/settings/house', text: 'What this house can read and do' },
  { name: 'settings-you', path: '/settings/you', text: 'You in this house' },
  { name: 'settings-news', path: '/settings/news', text: 'Tell me about' },
  { name: 'settings-reading', path: '/settings/reading', text: 'Easier on the eyes' },
  { name: 'settings-writing', path: '/settings/writing', text: 'Five seconds to undo' },
  { name: 'drafts-empty', path: '/drafts', text: 'No drafts' },
  { name: 'settings-data', path: '/settings/data', text: 'Bring your past' },
  { name: 'settings-leave', path: '/settings/leave', text: 'Retiring ends you' },
  { name: 'moved', path: '/moved', text: 'You are moving out' },
];

/* After one was muted and another blocked. */
const keptAway: Screen[] = [
  { name: 'profile-muted', path: '/@amira', text: 'Muted until' },
  { name: 'profile-blocked', path: '/@arjun', text: 'You have blocked' },
  { name: 'settings-you-kept', path: '/settings/you', text: 'Unblock' },
];

const forGuests = ({ invite, posts }: Seeded): Screen[] => [
  { name: 'visitor', path: `/@${posts[2]!.persona}/${posts[2]!.key}`, text: 'Fog horn in B flat' },
  { name: 'login', path: '/login', text: 'Come back in' },
  { name: 'login-words', path: '/login/words', text: 'Come back with your words' },
  { name: 'link-half', path: '/link/AAAAAAAAAAAAAAAAAAAAAA', text: 'Part of the code is missing' },
  { name: 'login-way-unknown', path: '/login/way#nothing', text: 'not known here' },
  { name: 'join-unknown', path: '/join/abandon-zoo-lamp-otter', text: 'not known here' },
  { name: 'join-along', path: `/join/${invite}/along`, text: 'Come as you are' },
  { name: 'join-1-invite', path: `/join/${invite}`, text: 'The Harbour Choir' },
];

/** Goes through every screen of a house, or those of some legs: founds it, fills it, reads it as a member, comes to its door as a guest. What is seen while it is founded belongs to its doors. */
export async function walk(how: Walk, legs: readonly Leg[]): Promise<void> {
  const begun = await begin({ ...how, look: legs.includes('doors') ? how.look : async () => {} });
  for (const leg of legs) await LEGS[leg]({ ...begun, look: how.look });
}

/** Founds a house, looking at every screen of that, and fills it. */
export async function begin(how: Walk): Promise<Begun> {
  const member = await openPage(how.browser);
  await foundIt(member.page, how);
  return { ...how, member, seeded: await seed(member.page, how.house.url) };
}

/** The legs of a walk, in their order: what addresses lead to, what opens over pages and in them, and the doors of a house with what concerns keys. Each answers the pages that it opened. */
export const LEGS = {
  read: async ({ member: { page }, house, seeded, look }: Begun): Promise<WatchedPage[]> => {
    await visit(page, house.url, forMembers(seeded), look);
    return [];
  },

  act: async ({ member: { page }, house: { url }, seeded, look }: Begun): Promise<WatchedPage[]> => {
    await walkOpen(page, url, seeded, look);
    await walkWriting(page, url, look);
    await walkPictures(page, url, look);
    await walkSelf(page, url, look);
    await walkServices(page, url, look);
    await keepAway(page, url, look);
    await walkRepair(page, url, seeded, look);
    return [];
  },

  doors: async ({ member: { page }, browser, house, backups, seeded, look }: Begun): Promise<WatchedPage[]> => {
    const guest = await openPage(browser);
    await visit(guest.page, house.url, forGuests(seeded), look);
    const stranger = await openPage(browser);
    await walkStranger(page, stranger.page, house.url, look);
    await joinIt(guest.page, look);
    await walkBackups(page, house.url, backups, look);
    return [guest, stranger, await walkKeys(page, { browser, house, look })];
  },
};

/** One of them. */
export type Leg = keyof typeof LEGS;

async function visit(page: Page, url: string, screens: readonly Screen[], look: Walk['look']): Promise<void> {
  for (const { name, path, text } of screens) {
    await page.goto(url + path);
    await page.getByText(text).locator('visible=true').first().waitFor();
    await look(page, name);
  }
}

/** Mutes one and blocks another from their profiles. */
async function keepAway(page: Page, url: string, look: Walk['look']): Promise<void> {
  for (const [handle, name, item, call] of [['amira', 'Amira Haddad', 'Mute for a week', 'mute'], ['arjun', 'Arjun Nair', 'Block Arjun Nair', 'block']] as const) {
    await page.goto(`${url}/@${handle}`);
    await page.getByRole('button', { name: `More about ${name}` }).click();
    if (call === 'mute') await look(page, 'profile-menu');
    const sent = page.waitForResponse((answer) => answer.url().endsWith(`/${call}`) && answer.ok());
    await page.getByRole('menuitem', { name: item }).click();
    await sent;
  }
  await visit(page, url, keptAway, look);
}

async function foundIt(page: Page, { house, onNetwork, look }: Pick<Walk, 'house' | 'onNetwork' | 'look'>): Promise<void> {
  const [handle, name] = CHOIR[0];
  await page.goto(`${house.url}/found#${house.code}`);
  await page.getByLabel('House name').fill('The Harbour Choir');
  await page.getByLabel('A note for newcomers').fill('We keep rehearsal notes, lifts and cake.');
  await look(page, 'found-1-house');
  await page.getByRole('button', { name: 'Restore a house from its backups' }).click();
  await look(page, 'found-1-restore');
  await page.getByRole('button', { name: 'Found a new house instead' }).click();
  await page.getByRole('button', { name: 'Create a new house' }).click();
  await fillWho(page, name, handle);
  await look(page, 'found-2-who');
  await page.getByRole('button', { name: 'Move in' }).click();
  await page.getByRole('heading', { name: 'Open the door' }).waitFor();
  await look(page, 'found-3-door');
  await page.getByRole('button', { name: 'Next: backups' }).click();
  await page.getByText('Storage (S3)').click();
  await look(page, 'found-4-copy');
  await visit(page, house.url, [{ name: 'news-empty', path: '/news', text: 'No news yet' }], look);
  await visit(page, house.url, [{ name: 'home-empty', path: '/', text: 'Nobody has written yet' }], look);
  await page.goto(`${house.url}/invite`);
  await page.getByRole('button', { name: 'Make an invite' }).click();
  await page.getByText('The link works on this computer only').waitFor();
  await look(page, 'invite-this-machine');
  if (!onNetwork) return;
  await page.goto(`${house.url}/settings/house`);
  await page.getByRole('switch', { name: 'Let this network in' }).click();
  await page.getByText('Anyone on this network with an invite').waitFor();
}

async function joinIt(page: Page, look: Walk['look']): Promise<void> {
  await page.getByRole('button', { name: 'Join this house' }).click();
  await fillWho(page, 'Maja Lindqvist', 'maja');
  await look(page, 'join-2-who');
  await page.getByRole('button', { name: 'Move in' }).click();
  await page.getByRole('heading', { name: 'Say hello' }).waitFor();
  await page.getByLabel('Your first post').fill('Hello from the alto side! Maja, new since Tuesday. I bring cinnamon buns and a very small torch.');
  await look(page, 'join-3-hello');
}
