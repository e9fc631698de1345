import type { HiddenPost } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Empty, faultText } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { toHeading } from '../../components/toHeading.ts';
import { client } from '../../state/client.ts';
import { markHidden } from '../../state/notices.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Loaded } from './Loaded.tsx';
import { byIn, nameIn, when } from './names.ts';
import { t } from './words.ts';

/** What the house does not show, and the way back. */
export function Hidden() {
  const load = useLoad((signal) => client.care.hidden({ signal }));
  return (
    <div class="stack narrow-page">
      <p class="dim">{t('hidden.text')}</p>
      <Loaded load={load}>{({ hidden }) => hidden.length === 0
        ? <div class="card"><Empty title={t('hidden.none')}><p>{t('hidden.none.text')}</p></Empty></div>
        : <div class="card"><ul class="list">{hidden.map((post) => <Row key={`${post.persona}/${post.key}`} post={post} onShown={load.again} />)}</ul></div>}</Loaded>
    </div>
  );
}

function Row({ post, onShown }: { post: HiddenPost; onShown: () => void }) {
  const act = useAct();
  const show = (): void => act.run(async () => {
    await client.care.show(post);
    markHidden(post, false);
    toast(t('hidden.shown'));
    toHeading();
    onShown();
  });
  return (
    <li>
      <Face persona={post.persona} size={36} />
      <div class="grow">
        {post.person.handle ? <a class="quiet-link b block" href={`/@${post.person.handle}/${post.key}`}>{t('hidden.open', { name: nameIn(post.person) })}</a> : <b>{t('hidden.open', { name: nameIn(post.person) })}</b>}
        <span class="t-14 dim">{t('hidden.by', { name: byIn(post.by), when: when(post.at) })}</span>
        {act.error ? <p class="wrong" role="alert">{faultText(act.error)}</p> : null}
      </div>
      <Button small busy={act.busy} onClick={show}>{t('hidden.show')}</Button>
    </li>
  );
}
