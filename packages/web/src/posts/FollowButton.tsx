import { Button } from '../components/Button.tsx';
import { t } from '../i18n/index.ts';
import { homeFeed } from '../state/feed.ts';
import { setFollow } from '../state/people.ts';
import { toast } from '../state/toast.ts';

/** Follow, or Following: shown at once, taken back when the house says no. */
export function FollowButton({ persona, name, follows, small = true, onChange }: { persona: string; name: string; follows: boolean; small?: boolean; onChange?: (follows: boolean) => void }) {
  const set = async (yes: boolean) => {
    onChange?.(yes);
    try {
      await setFollow(persona, yes);
      void homeFeed().rewrite(persona, yes).catch(() => undefined);
      if (!yes) toast(t('person.unfollowed', { name }), { label: t('undo'), run: () => void set(true) });
    } catch {
      onChange?.(!yes);
      toast(t('person.follow.failed'));
    }
  };
  return (
    <Button small={small} {...(follows ? { icon: 'check' as const } : {})} label={t(follows ? 'person.unfollow.name' : 'person.follow.name', { name })} onClick={() => void set(!follows)}>
      {t(follows ? 'person.following' : 'person.follow')}
    </Button>
  );
}
