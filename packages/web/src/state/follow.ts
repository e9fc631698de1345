import type { Following } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { enqueue } from './outbox.ts';
import { known, markFollow, standing } from './people.ts';

/** Follows, asks to, or ends either; the answer of the house is how it stands then. */
export async function setFollow(persona: string, yes: boolean): Promise<Following> {
  const outcome = await enqueue<Following>({
    key: `follow:${persona}`, method: yes ? 'PUT' : 'DELETE', path: `/people/${persona}/follow`, label: t(yes ? 'unsent.follow' : 'unsent.unfollow', { name: known.peek()[persona]?.name ?? t('post.someone') }),
  });
  if (outcome.state === 'refused') throw outcome.error;
  // While it waits it is as it was wished; a locked person still decides.
  const answer = outcome.state === 'sent' && outcome.answer ? outcome.answer : { follows: yes && !standing(persona)?.locked, asked: yes && standing(persona)?.locked === true };
  const now = { follows: answer.follows, asked: answer.asked ?? false };
  markFollow(persona, now);
  return now;
}
