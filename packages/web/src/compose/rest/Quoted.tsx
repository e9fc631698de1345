import { useEffect, useState } from 'preact/hooks';
import type { PostItem, Ref } from '@commonhold/sdk';
import { Face } from '../../components/face/Face.tsx';
import { nameOf } from '../../posts/parts.tsx';
import { client } from '../../state/client.ts';
import { known, meet } from '../../state/people.ts';
import { t } from './words.ts';

/** The post that is being quoted, as far as the writer may read it. Others see it as far as they may. */
export function QuotedCard({ quote, item: given }: { quote: Ref; item: PostItem | undefined }) {
  const [found, set] = useState<PostItem | 'gone' | null>(given ?? null);
  useEffect(() => {
    if (given) { set(given); return; }
    client.microblog.thread(quote, { first: 1 }).then((thread) => {
      meet(thread.people);
      set(thread.items.find(({ persona, key }) => persona === quote.persona && key === quote.key) ?? 'gone');
    }, () => set('gone'));
  }, [quote.persona, quote.key, given]);
  if (!found) return <div class="quoting" aria-busy="true" />;
  if (found === 'gone') return <p class="quoting dim">{t('quoted.gone')}</p>;
  const { body } = found;
  return (
    <section class="quoting" aria-label={t('quoted.by', { name: nameOf(found.persona) })}>
      <p class="row tight t-14"><Face persona={found.persona} size={24} /><b class="clip1" dir="auto">{nameOf(found.persona)}</b><span class="dim clip1">@{known.value[found.persona]?.handle}</span></p>
      <p class="t-14 clip3" dir="auto" lang={body.warning ? undefined : body.lang}>{body.warning ?? body.text}</p>
    </section>
  );
}
