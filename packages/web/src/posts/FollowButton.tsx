import { Button } from '../components/Button.tsx';
import type { Following, Profile } from '@commonhold/sdk';
import { t } from '../i18n/index.ts';
import { homeFeed } from '../state/feed.ts';
import { setFollow } from '../state/follow.ts';
import { markFollow } from '../state/people.ts';
import { toast } from '../state/toast.ts';

interface FollowProps { person: Pick<Profile, 'persona' | 'name' | 'follows' | 'asked' | 'locked'>; small?: boolean; onChange?: (now: Following) => void }

/** Follow, Asked, or Following: shown at once, taken back when the house says no. */
export function FollowButton({ person, small = true, onChange }: FollowProps) {
  const { persona, name, follows, asked = false, locked = false } = person;
  const show = (now: Following) => { markFollow(persona, now); onChange?.(now); };
  const set = async (yes: boolean) => {
    show({ follows: yes && !locked, asked: yes && locked });
    try {
      const now = await setFollow(persona, yes);
      onChange?.(now);
      if (now.follows !== follows) void homeFeed().rewrite(persona, now.follows).catch(() => undefined);
      if (now.asked) toast(t('person.asked.said', { name }));
      if (!yes && follows) toast(t('person.unfollowed', { name }), { label: t('undo'), run: () => void set(true) });
      if (!yes && asked) toast(t('person.unasked', { name }));
    } catch {
      show({ follows, asked });
      toast(t('person.follow.failed'));
    }
  };
  if (asked && !follows) return <Button small={small} icon="clock" label={t('person.asked.name', { name })} onClick={() => void set(false)}>{t('person.asked')}</Button>;
  const label = t(follows ? 'person.unfollow.name' : locked ? 'person.ask.name' : 'person.follow.name', { name });
  return (
    <Button small={small} {...(follows ? { icon: 'check' as const } : locked ? { icon: 'lock' as const } : {})} label={label} onClick={() => void set(!follows)}>
      {t(follows ? 'person.following' : 'person.follow')}
    </Button>
  );
}
