import type { app } from './en/app.ts';
import type { backups } from './en/backups.ts';
import type { care } from './en/care.ts';
import type { carry } from './en/carry.ts';
import type { catchUp } from './en/catchUp.ts';
import type { changes } from './en/changes.ts';
import type { common } from './en/common.ts';
import type { compose } from './en/compose.ts';
import type { door } from './en/door.ts';
import type { drafts } from './en/drafts.ts';
import type { entry } from './en/entry.ts';
import type { feed } from './en/feed.ts';
import type { health } from './en/health.ts';
import type { jobs } from './en/jobs.ts';
import type { keys } from './en/keys.ts';
import type { lists } from './en/lists.ts';
import type { log } from './en/log.ts';
import type { moving } from './en/moving.ts';
import type { news } from './en/news.ts';
import type { own } from './en/own.ts';
import type { people } from './en/people.ts';
import type { pictures } from './en/pictures.ts';
import type { posted } from './en/posted.ts';
import type { profile } from './en/profile.ts';
import type { reading } from './en/reading.ts';
import type { reminder } from './en/reminder.ts';
import type { repair } from './en/repair.ts';
import type { search } from './en/search.ts';
import type { self } from './en/self.ts';
import type { services } from './en/services.ts';
import type { settings } from './en/settings.ts';
import type { sheet } from './en/sheet.ts';

/** The English words, by part of the app: every other language has the same parts, and the same keys in each. */
export interface English {
  app: typeof app; backups: typeof backups; care: typeof care; carry: typeof carry; catchUp: typeof catchUp; changes: typeof changes; common: typeof common; compose: typeof compose; door: typeof door; drafts: typeof drafts; entry: typeof entry; feed: typeof feed; health: typeof health; jobs: typeof jobs; keys: typeof keys; lists: typeof lists;
  log: typeof log; moving: typeof moving; news: typeof news; own: typeof own; people: typeof people; pictures: typeof pictures; posted: typeof posted; profile: typeof profile; reading: typeof reading; reminder: typeof reminder; repair: typeof repair; search: typeof search; self: typeof self;
  services: typeof services; settings: typeof settings; sheet: typeof sheet;
}
/** Name of a part: of the file in `en/`, and of the one in every other language. */
export type Part = keyof English;
/** A part in another language: a key that is missing, or too many, does not compile. */
export type Words<P extends Part> = Readonly<Record<keyof English[P], string>>;
/** A whole language. `refusals`: what the house says no with, by code. */
export type Language = { readonly [P in Part]: Words<P> } & { readonly refusals: Readonly<Record<string, string>> };
