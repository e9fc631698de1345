import type { Following } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { enqueue, type Outcome } from './outbox.ts';
import { known, markFollow, standing } from './people.ts';

const asked = (persona: string, yes: boolean): Promise<Outcome<Following>> => enqueue<Following>({
  key: `follow:${persona}`, method: yes ? 'PUT' : 'DELETE', path: `/people/${persona}/follow`,
  label: t(yes ? 'unsent.follow' : 'unsent.unfollow', { name: known.peek()[persona]?.name ?? t('post.someone') }),
});

/* While it waits it is as it was wished; a locked person still decides. */
const wished = (persona: string, yes: boolean): Following => {
  const locked = standing(persona)?.locked === true;
  return { follows: yes && !locked, asked: yes && locked };
};

/** Follows, asks to, or ends either; the answer of the house is how it stands then. Throws what the house says. */
export async function setFollow(persona: string, yes: boolean): Promise<Following> {
  const outcome = await asked(persona, yes);
  if (outcome.state === 'refused') throw outcome.error;
  const answer = outcome.state === 'sent' && outcome.answer ? outcome.answer : wished(persona, yes);
  const now = { follows: answer.follows, asked: answer.asked ?? false };
  markFollow(persona, now);
  return now;
}
