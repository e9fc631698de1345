import { useState } from 'preact/hooks';
import type { Waiter } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Empty, faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { toHeading } from '../../components/toHeading.ts';
import { client } from '../../state/client.ts';
import { house } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { copyText } from '../../words/clipboard.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Loaded } from './Loaded.tsx';
import { when } from './names.ts';
import { t } from './words.ts';

/** Who would like to live here, and an invite for them when a seat is free. */
export function WaitingList() {
  const load = useLoad((signal) => client.care.waiting({ signal }), String(house.value?.people));
  const { people, capacity } = house.value!;
  const free = capacity - people;
  return (
    <div class="stack narrow-page">
      <p class="dim">{t('waiting.text')} {free > 0 ? t('waiting.free', { n: free }) : t('waiting.full', { capacity })}</p>
      <Loaded load={load}>{({ waiting }) => waiting.length === 0
        ? <div class="card"><Empty title={t('waiting.none')}><p>{t('waiting.none.text')}</p></Empty></div>
        : waiting.map((waiter) => <Card key={waiter.id} waiter={waiter} room={free > 0} onGone={load.again} />)}</Loaded>
    </div>
  );
}

function Card({ waiter: { id, name, words, contact, at, invite }, room, onGone }: { waiter: Waiter; room: boolean; onGone: () => void }) {
  const act = useAct();
  const [url, made] = useState(invite === null ? null : `${location.origin}/join/${invite}`);
  const make = (): void => act.run(async () => made((await client.care.inviteWaiter(id)).url));
  const drop = (): void => act.run(async () => {
    await client.care.dropWaiter(id);
    toast(t('waiting.dropped', { name }));
    toHeading();
    onGone();
  });
  const copy = async (): Promise<void> => { if (url && await copyText(url)) toast(t('waiting.copied')); };
  return (
    <article class="card" aria-label={name}>
      <div class="body stack">
        <div><h2 class="t-16" dir="auto">{name}</h2><p class="t-14 dim">{t('waiting.since', { when: when(at) })}</p></div>
        {words ? <p class="carried" dir="auto">{words}</p> : null}
        <p class="addr" dir="auto">{contact}</p>
        {url ? <div class="well stack tight"><p class="t-14">{t('waiting.made')}</p><p class="addr">{url}</p><div class="row"><Button small icon="copy" onClick={() => void copy()}>{t('waiting.copy')}</Button></div></div> : null}
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div class="row wrap"><Button kind={url ? 'edge' : 'fill'} busy={act.busy} disabled={!room} onClick={make}>{t(url ? 'waiting.again' : 'waiting.invite')}</Button><Button kind="plain" label={t('waiting.drop.name', { name })} busy={act.busy} onClick={drop}>{t('waiting.drop')}</Button></div>
      </div>
    </article>
  );
}
