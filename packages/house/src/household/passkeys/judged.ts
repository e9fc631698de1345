import { Refusal } from '@commonhold/core';

/**
 * Runs a check of the library and tells a challenge that no longer stands (`challenge_ended`) from everything else
 * that is wrong (`refuse`). The library throws plain errors for both, and for whatever is malformed.
 */
export async function judged<T>(
  stands: (challenge: string) => boolean, check: (expected: (challenge: string) => boolean) => Promise<T>, refuse: (cause?: unknown) => Refusal,
): Promise<{ answer: T; challenge: string }> {
  let challenge = '';
  let ended = false;
  try {
    const answer = await check((given) => {
      challenge = given;
      ended = typeof given !== 'string' || !stands(given);
      return !ended;
    });
    return { answer, challenge };
  } catch (cause) { throw ended ? challengeEnded() : refuse(cause); }
}

/** The refusal of an answer that came too late, twice, or to a question of another. */
export const challengeEnded = (): Refusal =>
  new Refusal('gone', 'challenge_ended', 'This took too long, or was answered before. Please begin again.');
