import { isObject, type JsonObject } from '@commonhold/core';
import { itemsIn, type ArchiveEntry } from '../archive/index.ts';
import { dateOf, listAt, objectAt, objectOf, textAt } from './json.ts';

/** What was too long for a tweet: all of it, with the short addresses in it. */
export interface Note { text: string; urls: readonly JsonObject[] }

/** The long words of an archive: those that a cut-off tweet of that time begins, or null. */
export interface Notes { of(createdAt: number, words: string): Note | null }

interface Kept extends Note { at: number; begins: string }

const FILE = /(?:^|\/)data\/note-tweet(?:-part\d+)?\.js$/;
const CUT = /^(?<head>[^]*\S)\s*…(?:\s*https?:\/\/t\.co\/\w+)*\s*$/u;
const MENTIONS = /^(?:\s*@\w+)+\s*/;
const MOST_TEXT = 32 * 2 ** 20;
const NEAR_MS = 5000;

// As both have it: without whom it answers, without what is cut away, blanks as one.
const plain = (words: string): string => words.replace(MENTIONS, '').replace(/\s+/g, ' ').trim();

/**
 * Reads `data/note-tweet.js`, where X keeps what people wrote beyond the length of a tweet; in `tweets.js` stands its beginning, with an
 * ellipsis and a link. Nothing says which belongs to which but the time and those words. So much is held in memory; the rest stays cut off.
 */
export async function readNotes(entries: readonly ArchiveEntry[], now: number): Promise<Notes> {
  const bySecond = new Map<number, Kept[]>();
  let held = 0;
  for (const entry of entries.filter(({ name }) => FILE.test(name))) {
    for await (const item of itemsIn(entry.read())) {
      const value = objectOf(item);
      const note = isObject(value) ? keptOf(objectAt(value, 'noteTweet') ?? value, now) : null;
      if (!note || (held += note.text.length) > MOST_TEXT) continue;
      const second = Math.floor(note.at / 1000);
      bySecond.set(second, [...bySecond.get(second) ?? [], note]);
    }
  }
  return { of: (createdAt, words) => (bySecond.size === 0 ? null : find(bySecond, createdAt, words)) };
}

function keptOf(note: JsonObject, now: number): Kept | null {
  const core = objectAt(note, 'core');
  const [text, at] = [core && textAt(core, 'text'), dateOf(textAt(note, 'createdAt'), now)];
  return core && text !== undefined && at !== null ? { at, text, begins: plain(text), urls: listAt(core, 'urls') } : null;
}

function find(bySecond: ReadonlyMap<number, readonly Kept[]>, createdAt: number, words: string): Note | null {
  const head = CUT.exec(words)?.groups?.['head'];
  if (head === undefined) return null;
  const begins = plain(head);
  const near: Kept[] = [];
  for (let at = createdAt - NEAR_MS; at <= createdAt + NEAR_MS; at += 1000) near.push(...bySecond.get(Math.floor(at / 1000)) ?? []);
  const found = near.filter((one) => begins !== '' && one.begins.startsWith(begins)).sort((one, other) => Math.abs(one.at - createdAt) - Math.abs(other.at - createdAt));
  if (!found[0]) return null;
  // Whom it answers stands before the tweet alone.
  const whom = MENTIONS.test(found[0].text) ? '' : MENTIONS.exec(words)?.[0] ?? '';
  return { text: whom + found[0].text, urls: found[0].urls };
}
