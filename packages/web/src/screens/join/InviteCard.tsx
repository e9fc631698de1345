import type { InvitePreview } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Face } from '../../components/face/Face.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Crumb } from '../entry/Crumb.tsx';
import { t, tx } from '../entry/words.ts';

/** First screen of joining: the house, who keeps it, who lives there and by which rules. No field yet. */
export function InviteCard({ preview, onJoin }: { preview: InvitePreview; onJoin: () => void }) {
  const { house, faces, note, by } = preview;
  return (
    <section class="stack" aria-labelledby="house">
      <Crumb at={1} of={3} />
      <div class="card pad stack loose">
        <div class="stack tight center center-x">
          <HouseMark id={house.id} large />
          <h1 class="t-32" id="house" tabIndex={-1}>{house.title}</h1>
          <p class="dim">{t('join.people', { n: house.people, capacity: house.capacity })}</p>
          <span class="faces">{faces.map((seed) => <Face seed={seed} size={36} />)}</span>
        </div>
        <div class="stack tight">
          {house.note ? <Said by={house.steward} words={house.note} role={house.steward ? t('join.steward', { name: house.steward.name }) : ''} /> : null}
          {note ? <Said by={by} words={note} role={by ? t('join.by', { name: by.name }) : ''} /> : null}
          {note || !by ? null : <p class="hint center">{t('join.by', { name: by.name })}</p>}
        </div>
        {house.rules.length > 0 ? <Rules rules={house.rules} /> : null}
        <Button kind="fill" block onClick={onJoin}>{t('join.join')}</Button>
        <Button kind="plain" block href={`/join/${encodeURIComponent(preview.invite)}/along`}>{t('join.along')}</Button>
        <p class="hint center">{tx('join.account', { link: <a href="/login">{t('join.back')}</a> })}</p>
      </div>
    </section>
  );
}

function Said({ by, words, role }: { by: { name: string; face: string } | null; words: string; role: string }) {
  return (
    <div class="well welcome">
      {by ? <Face seed={by.face} size={36} /> : null}
      <div class="grow"><p dir="auto">{words}</p>{role ? <p class="t-14 dim">{role}</p> : null}</div>
    </div>
  );
}

function Rules({ rules }: { rules: readonly string[] }) {
  return (
    <div class="stack tight">
      <h2 class="label">{t('join.rules')}</h2>
      <ul class="ticks">{rules.map((rule) => <li><span class="green"><Icon name="check" /></span><span dir="auto">{rule}</span></li>)}</ul>
    </div>
  );
}
