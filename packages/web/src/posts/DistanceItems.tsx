import type { Ref } from '@commonhold/sdk';
import { faultText } from '../components/Empty.tsx';
import { Icon } from '../components/Icon.tsx';
import { MenuItem } from '../components/Menu.tsx';
import { locale, t, type Key } from '../i18n/index.ts';
import { block, mute, muted, unmute } from '../state/distance.ts';
import { directory, known } from '../state/people.ts';
import { openReport } from '../state/report.ts';
import { toast } from '../state/toast.ts';
import { nameOf } from './parts.tsx';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SPANS = [['hour', HOUR], ['day', DAY], ['week', 7 * DAY], ['good', null]] as const satisfies [string, number | null][];

/** Whether the reader has muted somebody, as far as this page knows. */
function isMuted(persona: string): boolean {
  const here = muted.value.get(persona);
  return here === undefined ? directory.value?.find((one) => one.persona === persona)?.muted ?? false : here !== null;
}

/** When it ends by itself, in words; null where it does not, or this page does not know. */
function endOf(persona: string): string | null {
  const here = muted.value.get(persona);
  const until = here === undefined ? directory.value?.find((one) => one.persona === persona)?.mutedUntil : here?.until;
  return until ? new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(until) : null;
}

/** For how long to mute somebody: one press, as for everything else in a menu. */
function Spans({ name, onPick }: { name: string; onPick: (span: typeof SPANS[number][0], ms: number | null) => void }) {
  return (
    <div class="spans" role="group" aria-label={t('person.mute', { name })}>
      <span class="head" aria-hidden="true"><Icon name="hush" /><span dir="auto">{t('person.mute', { name })}</span></span>
      {SPANS.map(([span, ms]) => <button type="button" tabIndex={-1} role="menuitem" aria-label={t(`person.mute.${span}` satisfies Key)} onClick={() => onPick(span, ms)}>{t(`person.span.${span}` satisfies Key)}</button>)}
    </div>
  );
}

/** Ends a mute, and says how it went. */
export async function endMute(persona: string): Promise<void> {
  try {
    await unmute(persona);
    toast(t('person.unmuted', { name: nameOf(persona) }));
  } catch (error) {
    toast(faultText(error));
  }
}

/** Choices of a menu that keep somebody away, or tell the stewards: of `post`, where there is one. `leaving` says where the focus goes with the posts, and back. */
export function DistanceItems({ persona, post, leaving }: { persona: string; post?: Ref; leaving?: () => { left: () => void; back: () => void } }) {
  const name = nameOf(persona);
  const person = known.value[persona] ?? { persona, name, handle: '' };
  const ends = endOf(persona);
  const away = (act: (back?: () => void) => void) => {
    const places = leaving?.();
    act(places?.back);
    places?.left();
  };
  const hush = (span: typeof SPANS[number][0], ms: number | null) =>
    away((back) => mute(person, ms === null ? null : Date.now() + ms, t(`person.muted.${span}` satisfies Key, { name }), back));
  return (
    <>
      {isMuted(persona)
        ? <MenuItem icon="hush" onPick={() => void endMute(persona)}>{t('person.unmute', { name })}{ends === null ? null : <small>{t('person.unmute.until', { when: ends })}</small>}</MenuItem>
        : <Spans name={name} onPick={hush} />}
      <MenuItem icon="flag" onPick={() => openReport(post ?? persona)}>{t('report.open')}</MenuItem>
      <MenuItem icon="block" tone="danger" onPick={() => away((back) => block(person, back))}>{t('person.block', { name })}<small>{t('person.block.text')}</small></MenuItem>
    </>
  );
}
