import type { Invite } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { locale } from '../../i18n/index.ts';
import { toHeading } from '../../components/toHeading.ts';
import { client } from '../../state/client.ts';
import { house, me } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { whenText } from '../parts/when.ts';
import { t } from '../parts/words.ts';

/** The invites that still open the door, and how full the house is. */
export function InviteList({ open, shown, onShow, onEnded }: { open: readonly Invite[]; shown: string | null; onShow: (invite: string) => void; onEnded: () => void }) {
  const act = useAct();
  const { people, capacity } = house.value!;
  const end = (invite: string): void => act.run(async () => {
    await client.invites.end(invite);
    toast(t('invites.ended'));
    toHeading();
    onEnded();
  });
  return (
    <section class="card" aria-labelledby="open">
      <div class="head"><h2 class="t-16 grow" id="open">{t('invites')}</h2><span class="t-14 dim num">{t('invites.of', { n: people, capacity })}</span></div>
      <div class="places"><Meter part={people / capacity} label={t('invites.of.label', { n: people, capacity })} /></div>
      {act.error ? <div class="pad"><Note kind="bad" alert>{faultText(act.error)}</Note></div> : null}
      {open.length === 0 ? <p class="dim t-14 none">{t('invites.none')}</p> : null}
      <ul class="list">
        {open.map((line) => (
          <li key={line.invite}>
            <button type="button" class="grow row open-invite" aria-pressed={line.invite === shown} onClick={() => onShow(line.invite)}>
              <span class={line.invite === shown ? 'svc g' : 'svc n'}><Icon name="link" /></span>
              <span class="grow"><b class="clip1">{line.note || line.invite}</b><span class="t-14 dim">{facts(line)}</span></span>
            </button>
            <Button small label={t('invites.end.name', { invite: line.invite })} onClick={() => end(line.invite)}>{t('invites.end')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function facts({ by, uses, left, expires }: Invite): string {
  const who = by.persona === me.value!.persona ? t('invites.you') : t('invites.by', { name: by.name });
  return [who, t('invites.used', { used: uses - left, uses }), t('invite.until', { when: whenText(expires, Date.now(), locale) })].join(' · ');
}

/** A bar as an SVG, because a width by style attribute is not allowed here. */
function Meter({ part, label }: { part: number; label: string }) {
  return <svg class="meter" role="img" aria-label={label} width="100%" height="8"><rect class="meter-part" width={`${Math.max(part * 100, 1)}%`} height="8" /></svg>;
}
