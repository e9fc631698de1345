import { makeList } from './list.ts';
import { makeLive } from './live.ts';
import { makeRead } from './read.ts';
import { makeSetSettings } from './setSettings.ts';
import { makeSettings } from './settings.ts';

/** The verbs of news: who answered, liked or follows, and how far one has read. */
export function makeNews(deps: Parameters<typeof makeLive>[0]) {
  return { list: makeList(deps), read: makeRead(deps), settings: makeSettings(deps), setSettings: makeSetSettings(deps), live: makeLive(deps) };
}

/** The verbs of news, bound. */
export type News = ReturnType<typeof makeNews>;
