import { brings } from '../state/brought.ts';
import { houseFeed } from '../state/feed.ts';
import { me } from '../state/session.ts';
import { Home } from './router.tsx';

/**
 * Where the page brought the posts of its first screen, they are taken in before anything is drawn: all is here but the screen's own script,
 * which comes beside this one, and to draw twice takes a slow phone twice as long. What does not come says so where it stands.
 */
export async function firstScreen(started: Promise<void>): Promise<void> {
  if (location.pathname !== '/' || !brings('/microblog/house?first=30')) return;
  const fetched = Home.preload();
  await started;
  if (me.peek()) await Promise.all([fetched, houseFeed().load()]);
}
