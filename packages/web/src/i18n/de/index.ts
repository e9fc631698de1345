import type { Language } from '../parts.ts';
import { app } from './app.ts';
import { care } from './care.ts';
import { common } from './common.ts';
import { compose } from './compose.ts';
import { door } from './door.ts';
import { drafts } from './drafts.ts';
import { entry } from './entry.ts';
import { feed } from './feed.ts';
import { keys } from './keys.ts';
import { log } from './log.ts';
import { news } from './news.ts';
import { own } from './own.ts';
import { people } from './people.ts';
import { refusals } from './refusals.ts';
import { reminder } from './reminder.ts';
import { repair } from './repair.ts';
import { settings } from './settings.ts';
import { sheet } from './sheet.ts';

/** Deutsch, ganz: wird nur geladen, wo es gesprochen wird. */
export const de: Language = { app, care, common, compose, door, drafts, entry, feed, keys, log, news, own, people, reminder, repair, settings, sheet, refusals };
