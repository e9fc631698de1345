import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { house, me } from '../../state/session.ts';
import { t as tApp } from '../../i18n/index.ts';
import { Crumb } from '../entry/Crumb.tsx';
import { t } from '../entry/words.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';

/** Last screen of joining: a first post for the house, or none. */
export function HelloCard({ onLeave }: { onLeave: () => void }) {
  const act = useAct();
  const [text, setText] = useState('');
  const [key] = useState(() => crypto.getRandomValues(new Uint32Array(4)).join('-'));
  useEffect(() => { document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true }); }, []);
  const post = (event: Event): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    act.run(async () => { await client.microblog.post({ text: text.trim(), audience: 'house' }, key); onLeave(); });
  };
  return (
    <section class="stack" aria-labelledby="hello">
      <Crumb at={3} of={3} />
      <div class="card pad stack loose">
        <div class="stack tight"><h1 class="t-24" id="hello" tabIndex={-1}>{t('hello.title')}</h1><p class="dim">{t('hello.lead')}</p></div>
        <form class="card pad hello" onSubmit={post} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) post(event); }}>
          <div class="welcome">
            {me.value ? <Face persona={me.value.persona} /> : <span class="av" />}
            <textarea aria-label={t('hello.field')} placeholder={t('hello.hint')} rows={3} maxLength={me.value?.postLimit ?? 500} dir="auto" value={text} onInput={(event) => setText(event.currentTarget.value)} />
          </div>
          <div class="bar">
            <span class="trust house t-14"><Icon name="home" />{tApp('audience.house.people', { n: house.value?.people ?? 1 })}</span>
            <Button kind="fill" type="submit" busy={act.busy} disabled={text.trim() === ''}>{act.busy ? t('hello.busy') : t('hello.post')}</Button>
          </div>
        </form>
        {act.error ? <Note kind="bad" alert>{t('hello.failed')}</Note> : null}
        <AlreadyHere />
        <Button kind="plain" block onClick={onLeave}>{t('hello.around')}</Button>
      </div>
    </section>
  );
}

/** The latest words of three people of the house; nothing at all when nobody has written, or they do not load. */
function AlreadyHere() {
  const { value } = useLoad((signal) => client.microblog.house({ first: 20 }, { signal }));
  const seen = new Set<string>();
  const latest = (value?.items ?? []).filter((post) => !seen.has(post.persona) && seen.add(post.persona)).slice(0, 3);
  if (latest.length === 0) return null;
  return (
    <div class="stack tight">
      <h2 class="label">{t('hello.here')}</h2>
      <ul class="list bare">
        {latest.map((post) => (
          <li><Face persona={post.persona} size={36} /><p class="t-14 grow clip2" dir="auto"><b>{value!.people[post.persona]?.name}</b><br />{post.body.text}</p></li>
        ))}
      </ul>
    </div>
  );
}
