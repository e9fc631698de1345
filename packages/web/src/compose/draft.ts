import type { Audience, Image, Quotable, Ref } from '@commonhold/sdk';
import { isAudience } from '../words/audience.ts';

/** One post as far as it is written. A warning that is there but empty is asked for and not written yet. */
export interface Written { text: string; warning?: string; images?: readonly Image[] }

/** A question with answers to choose from, as far as it is written; `minutes`: how long votes are taken. */
export interface Asked { options: readonly string[]; minutes: number; multiple: boolean }

/**
 * Something being written. `id` (22 characters) is its name among the drafts of the house; `key` is its idempotency key, made with it
 * and sent with every try, so that a double click or a retry never makes two posts. `parts`: one post, or several that answer each
 * other; the poll belongs to the last. `due` (ms): when it is to go out. `updatedAt` in ms; `saved`: the `updatedAt` of the copy
 * that the house has; the same as `updatedAt` while nothing was written since; `given`: the print of what was last
 * handed to it, for where its answer was lost.
 */
export interface Draft {
  id: string; key: string; parts: readonly [Written, ...Written[]]; audience: Audience; lang?: string; replyTo?: Ref; quote?: Ref; quotes?: Quotable;
  poll?: Asked; due?: number; updatedAt: number; saved?: number; given?: number;
}

/** What may be changed of a draft while it is written; undefined takes a part away. */
export type Change = { [Name in keyof Omit<Draft, 'id' | 'key' | 'saved' | 'given' | 'updatedAt'>]?: Draft[Name] | undefined };

const QUOTABLE: readonly Quotable[] = ['anyone', 'followers', 'nobody'];
const DAY = 1440;

const url64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** 16 random bytes as 22 characters. `crypto.randomUUID` is missing on plain local-network addresses; this is not. */
export const freshName = (): string => url64(crypto.getRandomValues(new Uint8Array(16)));

/** Whether nothing of it would be missed. */
export const isEmpty = ({ parts, poll }: Pick<Draft, 'parts' | 'poll'>): boolean =>
  parts.every(({ text, warning, images }) => text.trim() === '' && !warning && !images?.length) && !poll?.options.some((option) => option.trim() !== '');

/** A draft with nothing in it. */
export function emptyDraft(audience: Audience, name: () => string = freshName, more: Pick<Draft, 'lang' | 'replyTo' | 'quote'> = {}): Draft {
  return { id: name(), key: name(), parts: [{ text: '' }], audience, ...more, updatedAt: 0 };
}

/** `draft` with a change; what is changed to undefined is left out. */
export function changeDraft(draft: Draft, change: Change, now: number): Draft {
  const all = Object.entries({ ...draft, ...change, updatedAt: now }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as Draft;
}

const record = (value: unknown): Record<string, unknown> | null => typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : null;
const text = (value: unknown): value is string => typeof value === 'string';

function written(value: unknown): Written | null {
  const part = record(value);
  if (!part || !text(part['text'])) return null;
  const images = Array.isArray(part['images']) ? part['images'].filter((image) => text(record(image)?.['full'])) as Image[] : [];
  return { text: part['text'], ...(text(part['warning']) ? { warning: part['warning'] } : {}), ...(images.length ? { images } : {}) };
}

function refOf(value: unknown): Ref | undefined {
  const ref = record(value);
  return ref && text(ref['persona']) && text(ref['key']) ? { persona: ref['persona'], key: ref['key'] } : undefined;
}

function askedOf(value: unknown): Asked | undefined {
  const poll = record(value);
  const options = poll?.['options'];
  return Array.isArray(options) && options.every(text) ? { options, minutes: Number(poll!['minutes']) || DAY, multiple: poll!['multiple'] === true } : undefined;
}

/** Reads what a draft holds, from the shelf or from the house; null for what is none. */
export function readWords(value: Record<string, unknown>): Pick<Draft, 'parts' | 'audience'> & Partial<Draft> | null {
  const parts = (Array.isArray(value['parts']) ? value['parts'] : [value]).map(written);
  if (!isAudience(value['audience']) || parts.length === 0 || !parts.every((part) => part !== null)) return null;
  const found = {
    lang: text(value['lang']) ? value['lang'] : undefined, replyTo: refOf(value['replyTo']), quote: refOf(value['quote']), poll: askedOf(value['poll']),
    quotes: QUOTABLE.find((who) => who === value['quotes']), due: Number(value['due']) || undefined,
  };
  return { parts: parts as [Written, ...Written[]], audience: value['audience'], ...Object.fromEntries(Object.entries(found).filter(([, part]) => part !== undefined)), updatedAt: Number(value['updatedAt']) || 0 };
}

const numbers = (value: Record<string, unknown>, ...names: string[]): object => Object.fromEntries(names.filter((name) => typeof value[name] === 'number').map((name) => [name, value[name]]));

/** Reads a draft from where it was kept; null for what is none. Drafts of earlier versions of the app are understood. */
export function readDraft(kept: string | null, name: () => string = freshName): Draft | null {
  let value: Record<string, unknown> | null = null;
  try { value = kept === null ? null : record(JSON.parse(kept)); } catch { /* nonsense on the shelf is nothing */ }
  const words = value && text(value['key']) ? readWords(value) : null;
  if (!value || !words) return null;
  return { updatedAt: 0, ...words, id: text(value['id']) ? value['id'] : name(), key: String(value['key']), ...numbers(value, 'saved', 'given') };
}

/** Whether two drafts say the same, whatever they are called and whenever that was. */
export function sameWords(a: Draft, b: Draft): boolean {
  const said = ({ id: _id, key: _key, updatedAt: _at, saved: _saved, given: _given, ...rest }: Draft) => JSON.stringify(Object.entries(rest).sort(([one], [other]) => one < other ? -1 : 1));
  return said(a) === said(b);
}

/** A print of what a draft says: the same words have the same one. FNV-1a. */
export function printOf({ parts, audience, replyTo, quote, quotes, lang, poll }: Pick<Draft, 'audience' | 'replyTo' | 'quote' | 'quotes' | 'lang' | 'poll'> & { parts: readonly Written[] }): number {
  const said = [parts.map(({ text, warning, images }) => [text, warning ?? '', (images ?? []).map(({ full, alt }) => [full, alt ?? ''])]), audience, replyTo?.key, quote?.key, quotes, lang, poll && [poll.options, poll.minutes, poll.multiple]];
  let print = 0x811c9dc5;
  for (const sign of JSON.stringify(said)) print = Math.imul(print ^ sign.codePointAt(0)!, 0x01000193);
  return print >>> 0;
}
