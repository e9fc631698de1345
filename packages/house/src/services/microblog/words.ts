import { codePoints, Refusal } from '@commonhold/core';
import { mentionsIn, type MentionDeps } from './mentions.ts';
import type { Image, NewPoll, Poll, Words } from './types.ts';

const WARNING = 200;
const ALT = 1500;
const OPTION = 80;
const MINUTE_MS = 60_000;
const MINUTES = { least: 5, most: 43_200 };

/** What words are checked with: `limit` = characters that a post may have. */
export interface WordsDeps extends MentionDeps { limit(): number }

/** Words as somebody gives them. */
interface Given { text: string; lang?: string; warning?: string; images?: readonly Image[] }

/**
 * The words of a post as its body has them, with whom they name. `at`: where they stand in the request. Refuses `bad_text`: neither words
 * nor pictures, too many of them, halves of characters.
 */
export function wordsOf(deps: WordsDeps, writer: string, given: Given, at = ''): Words {
  const { text, lang, warning, images = [] } = given;
  check(deps.limit(), given, at);
  const mentions = mentionsIn(deps, writer, text);
  return {
    text, ...(lang === undefined ? {} : { lang }), ...(warning === undefined ? {} : { warning }),
    ...(images.length > 0 ? { images: [...images] } : {}), ...(mentions.length > 0 ? { mentions } : {}),
  };
}

function check(limit: number, { text, warning, images = [] }: Given, at: string): void {
  if (text.trim() === '' && images.length === 0) throw badText('A post needs some words or a picture.', `${at}/text`, 'at least one letter');
  if (images.length > 4) throw new Refusal('invalid', 'bad_images', 'A post has at most four pictures.', { field: `${at}/images`, expected: 'at most 4' });
  checkText(text, limit, `${at}/text`);
  if (warning?.trim() === '') throw badText('A warning needs some words.', `${at}/warning`, 'at least one letter');
  checkText(warning ?? '', WARNING, `${at}/warning`);
  for (const { alt = '' } of images) checkText(alt, ALT, `${at}/images`);
}

const badText = (says: string, field: string, expected: string): Refusal => new Refusal('invalid', 'bad_text', says, { field, expected });

function checkText(text: string, limit: number, field: string): void {
  if (!text.isWellFormed()) throw badText('The text holds half a character.', field, 'well-formed Unicode');
  if (codePoints(text) > limit) throw badText(`There are at most ${limit} characters here.`, field, `at most ${limit} characters`);
}

/** A poll as a body has it. Refuses `bad_poll`: fewer than two answers or more than eight, two alike, empty ones, a time out of range. */
export function pollOf({ options, minutes, multiple }: NewPoll, now: number): Poll {
  const bad = (says: string, expected: string): Refusal => new Refusal('invalid', 'bad_poll', says, { field: '/poll', expected });
  const tidy = options.map((option) => option.trim());
  if (tidy.length < 2 || tidy.length > 8) throw bad('A poll has two to eight answers.', '2 to 8 answers');
  if (tidy.some((option) => option === '' || !option.isWellFormed() || codePoints(option) > OPTION)) throw bad(`An answer has 1 to ${OPTION} characters.`, `1 to ${OPTION} characters each`);
  if (new Set(tidy).size < tidy.length) throw bad('Two answers are alike.', 'answers that differ');
  if (!Number.isInteger(minutes) || minutes < MINUTES.least || minutes > MINUTES.most) throw bad('A poll is open for five minutes to thirty days.', `${MINUTES.least} to ${MINUTES.most} minutes`);
  return { options: tidy, until: now + minutes * MINUTE_MS, multiple };
}
