import { app } from './en/app.ts';
import { common } from './en/common.ts';
import { entry } from './en/entry.ts';
import { feed } from './en/feed.ts';
import { people } from './en/people.ts';
import { settings } from './en/settings.ts';

/** Every English message, by key. One file per part of the app. */
export const en = { ...common, ...app, ...feed, ...people, ...entry, ...settings } as const;
