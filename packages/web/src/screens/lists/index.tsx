import { useEffect } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import './lists.css';
import '../parts/parts.css';
import { Button } from '../../components/Button.tsx';
import { Empty, Failed } from '../../components/Empty.tsx';
import { Face } from '../../components/face/Face.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../posts/Skeleton.tsx';
import { addListTab, dropListTab, lists, listTabs, loadLists } from '../../state/lists.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { Edit } from './Edit.tsx';
import { t } from './words.ts';

function All() {
  const all = lists.value ?? [];
  if (all.length === 0) return <div class="card sheet"><Empty title={t('empty')} action={<Button kind="fill" href="/lists/new">{t('make')}</Button>}><p>{t('empty.text')}</p></Empty></div>;
  return (
    <>
      <p class="dim side-pad">{t('text')}</p>
      <section class="card sheet" aria-label={t('title')}>
        <ul class="list">{all.map(({ key, name, people }) => (
          <li key={key} class="list-row">
            <span class="grow"><a class="quiet-link b block clip1" href={`/feed/list/${key}`} dir="auto">{name}</a>
              <span class="row tight t-13 dim">{people.length ? <span class="faces">{people.slice(0, 4).map(({ persona }) => <Face persona={persona} size={24} />)}</span> : null}{t('people', { n: people.length })}</span></span>
            <Button small href={`/lists/${key}`} label={t('edit.name', { name })}>{t('edit')}</Button>
            <span class="tab-switch"><span class="t-14">{t('tab')}</span><Switch label={t('tab.name', { name })} on={listTabs.value.has(key)} onChange={(yes) => { if (yes) addListTab({ key, name }); else dropListTab(key); }} /></span>
          </li>
        ))}</ul>
      </section>
    </>
  );
}

/** Lists of people to read by themselves: all of them, one to be changed, or a new one. */
export default function Lists() {
  const { params } = useRoute();
  const key = params['key'];
  const act = useAct();
  const load = () => act.run(loadLists);
  useEffect(load, []);
  const known = lists.value;
  const list = known?.find((one) => one.key === key) ?? null;
  const title = key === 'new' ? t('new') : key ? t('edit.title') : t('title');
  return (
    <Page title={title} back={key ? '/lists' : '/'} actions={key ? null : <Button small icon="plus" href="/lists/new">{t('make')}</Button>}>
      {!known ? <div class="card sheet">{act.error ? <Failed title={t('failed')} error={act.error} again={load} /> : <Skeleton posts={1} />}</div>
        : !key ? <All />
        : key === 'new' || list ? <Edit key={key} list={list} />
        : <div class="card sheet"><Empty title={t('gone')} action={<Button href="/lists">{t('gone.act')}</Button>} /></div>}
    </Page>
  );
}
