import { ApiError } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { HouseMark } from '../../components/HouseMark.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { acts } from '../../keys/index.ts';
import { house, me } from '../../state/session.ts';
import { askedBy } from '../../vault/index.ts';
import { deviceLabel } from '../entry/device.ts';
import { keyFault, t } from '../parts/keyWords.ts';
import { useAct } from '../parts/useAct.ts';
import { useFocusOn } from '../parts/useFocusOn.ts';
import { Waiting, type Owner } from './Waiting.tsx';

type Stage = { is: 'start' } | { is: 'ask' } | { is: 'wait'; owner: Owner | null } | { is: 'ended' } | { is: 'taken' } | { is: 'half' };

const SECRET = /^[\w-]{22}$/;
/** Refusals that end the code for this browser. */
const ENDS: Readonly<Record<string, 'ended' | 'taken'>> = { link_unknown: 'ended', link_ended: 'ended', link_taken: 'taken' };

/** The new device's side of a code: makes a key, asks, waits for the yes, and is in. */
export default function Link() {
  const { params } = useRoute();
  const link = decodeURIComponent(params['link'] ?? '');
  return <Page title={t('link.title')} headless><div class="narrow"><Flow key={link} link={link} /></div></Page>;
}

function Flow({ link }: { link: string }) {
  const { route } = useLocation();
  const [secret] = useState(() => location.hash.slice(1));
  const [stage, setStage] = useState<Stage>({ is: 'start' });
  // After a reload: what was asked with is still here, and the answer may have come meanwhile.
  useEffect(() => { void askedBy(link).then((asking) => setStage(asking ? { is: 'wait', owner: null } : { is: SECRET.test(secret) ? 'ask' : 'half' })); }, []);
  useFocusOn(stage.is);
  const refused = (error: ApiError): boolean => {
    const end = ENDS[error.code];
    if (end) setStage({ is: end });
    return end !== undefined;
  };
  const asked = (owner: Owner): void => {
    // The secret has done its work; it stays neither in the address nor in the history.
    history.replaceState(history.state, '', location.pathname);
    setStage({ is: 'wait', owner });
  };
  switch (stage.is) {
    case 'start': return <div class="card pad stack" aria-busy="true"><span class="skel w-60" /><span class="skel w-40 thin" /><span class="skel" /></div>;
    case 'ask': return <Ask link={link} secret={secret} onAsked={asked} refused={refused} />;
    case 'wait': return <Waiting link={link} owner={stage.owner} refused={refused} onIn={() => route('/', true)} onStop={() => setStage({ is: 'ended' })} />;
    default: return <Over title={t(`link.${stage.is}`)} text={t(`link.${stage.is}.text`)} />;
  }
}

function Over({ title, text }: { title: string; text: string }) {
  return (
    <div class="card empty">
      <HouseMark id={house.value!.id} large />
      <h1 class="t-24" tabIndex={-1}>{title}</h1>
      <p>{text}</p>
      <Button kind="fill" href={me.value ? '/' : '/login'}>{t('link.login')}</Button>
    </div>
  );
}

function Ask({ link, secret, onAsked, refused }: { link: string; secret: string; onAsked: (owner: Owner) => void; refused: (error: ApiError) => boolean }) {
  const act = useAct();
  const [label, setLabel] = useState(() => deviceLabel(navigator.userAgent));
  const [tried, setTried] = useState(false);
  const { id, title } = house.value!;
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (label.trim() === '') return;
    act.run(async () => {
      try { onAsked(await (await acts()).ask(link, secret, label)); } catch (error) { if (!(error instanceof ApiError && refused(error))) throw error; }
    });
  };
  return (
    <form class="card pad stack loose" onSubmit={submit} noValidate>
      <div class="stack tight center center-x"><HouseMark id={id} large /><h1 class="t-24" tabIndex={-1}>{t('link.head')}</h1><p class="dim">{title}</p></div>
      <p>{t('link.lead')}</p>
      {me.value ? <Note kind="warn">{t('link.in', { name: me.value.name })}</Note> : null}
      <Field label={t('link.name')} hint={t('link.name.hint')} value={label} onInput={setLabel} maxLength={64} error={tried && label.trim() === '' ? t('link.name.missing') : undefined} autoComplete="off" />
      {act.error ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
      <Button kind="fill" type="submit" block busy={act.busy}>{act.busy ? t('link.ask.busy') : t('link.ask')}</Button>
    </form>
  );
}
