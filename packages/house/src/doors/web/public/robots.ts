import type { Resident } from './read.ts';
import { homeOf } from './post.ts';

/** robots.txt: nothing, but for the pages and pictures of those who want to be found, and the front page where all whom it names do. */
export function robots(listed: readonly Pick<Resident, 'handle' | 'persona'>[], front: boolean): string {
  const allowed = listed.flatMap((person) => [`Allow: ${homeOf(person)}$`, `Allow: ${homeOf(person)}/`, `Allow: /pods/${person.persona}/`]);
  return ['User-agent: *', ...allowed, ...(front && listed.length > 0 ? ['Allow: /$'] : []), ...(listed.length > 0 ? ['Allow: /assets/'] : []), 'Disallow: /', ''].join('\n');
}
