import type { Language } from '../parts.ts';
import { app } from './app.ts';
import { care } from './care.ts';
import { catchUp } from './catchUp.ts';
import { common } from './common.ts';
import { compose } from './compose.ts';
import { door } from './door.ts';
import { drafts } from './drafts.ts';
import { entry } from './entry.ts';
import { feed } from './feed.ts';
import { keys } from './keys.ts';
import { lists } from './lists.ts';
import { log } from './log.ts';
import { news } from './news.ts';
import { own } from './own.ts';
import { people } from './people.ts';
import { pictures } from './pictures.ts';
import { profile } from './profile.ts';
import { reading } from './reading.ts';
import { refusals } from './refusals.ts';
import { reminder } from './reminder.ts';
import { repair } from './repair.ts';
import { search } from './search.ts';
import { self } from './self.ts';
import { settings } from './settings.ts';
import { sheet } from './sheet.ts';

/** Deutsch, ganz: wird nur geladen, wo es gesprochen wird. */
export const de: Language = { app, care, catchUp, common, compose, door, drafts, entry, feed, keys, lists, log, news, own, people, pictures, profile, reading, reminder, repair, search, self, settings, sheet, refusals };
