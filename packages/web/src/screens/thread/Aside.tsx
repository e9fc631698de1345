import type { PostItem, Ref } from '@commonhold/sdk';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { t } from '../../i18n/index.ts';
import { homeOf, nameOf } from '../../posts/parts.tsx';
import { isGone } from '../../state/gone.ts';
import { idOf } from '../../state/merge.ts';
import { house, myPersona } from '../../state/session.ts';
import { SIGN } from '../../words/audience.ts';

/** Who can read a post, whosever rings those are. */
function Readers({ item: { audience, persona, keptBy } }: { item: PostItem }) {
  const owner = keptBy ?? persona;
  const ring = audience === 'close' || audience === 'followers';
  const words = audience === 'house' ? t('thread.who.house', { n: house.value?.people ?? 1 })
    : ring ? owner === myPersona.value ? t(`thread.who.${audience}.mine`) : t(`thread.who.${audience}`, { name: nameOf(owner) })
    : t(`thread.who.${audience}`);
  return <span class={`trust wraps ${SIGN[audience].tone}`}><Icon name={SIGN[audience].icon} />{words}</span>;
}

/** Beside a conversation: who is in it, and who can read it. */
export function Aside({ items, focus }: { items: readonly PostItem[]; focus: Ref }) {
  const starter = items.find((item) => !item.body.replyTo)?.persona;
  const voices = [...new Set(items.filter((item) => !isGone(item)).map((item) => item.persona))];
  const shown = items.find((item) => idOf(item) === idOf(focus)) ?? items[0];
  return (
    <>
      <section class="card">
        <div class="head"><h2 class="t-16">{t('thread.in')}</h2></div>
        <ul class="list dense bare pad">
          {voices.map((persona) => (
            <li key={persona}><Face persona={persona} size={32} /><a class="quiet-link t-14 b grow clip1" href={homeOf(persona)} dir="auto">{nameOf(persona)}</a>{persona === starter && voices.length > 1 ? <span class="tag">{t('thread.started')}</span> : null}</li>
          ))}
        </ul>
      </section>
      <section class="card">
        <div class="head"><h2 class="t-16">{t('thread.who')}</h2></div>
        <p class="body t-14">
          {shown ? <Readers item={shown} /> : null} {t('thread.who.text')}
        </p>
      </section>
    </>
  );
}
