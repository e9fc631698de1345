import type { Audience, Profile } from '@commonhold/sdk';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../i18n/index.ts';
import { dropFollower, putClose } from '../../state/ringMoves.ts';
import { SIGN } from '../../words/audience.ts';
import { Switch } from '../parts/Switch.tsx';

interface ReadsProps { person: Profile; onChange: (change: Partial<Profile>) => void }

const ring = (audience: Audience) => <span class={`grow trust ${SIGN[audience].tone}`}><Icon name={SIGN[audience].icon} />{t(`audience.${audience}`)}</span>;

/* What somebody may read of one's own, ring by ring, and the two rings that are one's own to change. */
function Rings({ person, onChange }: ReadsProps) {
  const close = person.close ?? false;
  const told = (yes: boolean) => <span class="told">{yes ? <Icon name="check" size="s" /> : null}<span class={yes ? 't-14' : 't-14 dim'}>{t(yes ? 'reads.yes' : 'reads.no')}</span></span>;
  const remove = () => dropFollower(person, (followsYou) => onChange({ followsYou }));
  return (
    <>
      <p class="lead t-14 dim">{t('reads.text')}</p>
      <ul>
        <li>{ring('everyone')}{told(true)}</li>
        <li>{ring('house')}{told(!person.movedTo)}</li>
        <li>
          {ring('followers')}
          {person.followsYou && !close ? <button type="button" class="tap" aria-label={t('reads.remove.name', { name: person.name })} onClick={remove}>{t('reads.remove')}</button> : told(person.followsYou || close)}
        </li>
        <li>{ring('close')}<Switch label={t('ring.close.switch', { name: person.name })} on={close} onChange={(yes) => putClose(person, yes, (now) => onChange({ close: now }))} /></li>
      </ul>
    </>
  );
}

/** Beside a profile: what somebody may read of one's own. */
export const Reads = (props: ReadsProps) => (
  <section class="card reads" aria-labelledby="reads"><div class="head"><h2 class="t-16" id="reads">{t('reads', { name: props.person.name })}</h2></div><Rings {...props} /></section>
);

/** The same under the head of a profile, where there is no room beside it. */
export const ReadsFolded = (props: ReadsProps) => (
  <details class="card sheet reads not-aside"><summary><span class="grow">{t('reads', { name: props.person.name })}</span><Icon name="down" size="s" /></summary><Rings {...props} /></details>
);
