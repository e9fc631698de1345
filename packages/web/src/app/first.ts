import { brings } from '../state/brought.ts';
import { houseFeed } from '../state/feed.ts';
import { me } from '../state/session.ts';
import { Home } from './router.tsx';

/**
 * Where the page brought the posts of its first screen, they are taken in while what is around them is drawn, so that the screen comes with
 * its posts and not without them first. A screen or posts that do not come say so where they stand.
 */
export async function firstScreen(started: Promise<void>): Promise<void> {
  if (location.pathname !== '/' || !brings('/microblog/house?first=30')) return;
  const fetched = Home.preload();
  await started;
  if (me.peek()) await Promise.all([fetched, houseFeed().load()]);
}
