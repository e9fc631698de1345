import { useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { changes } from '../../i18n/en/changes.ts';
import { scope } from '../../i18n/scope.ts';
import { client } from '../../state/client.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { Loaded } from './Loaded.tsx';
import { when } from './names.ts';

const { t } = scope('changes', changes);

/* What came with which version, the newest first: keys of words, so that every language has them. */
const CHANGES = [['0.1.0', ['new.1', 'new.2', 'new.3', 'new.4', 'new.5', 'new.6']]] as const;

/** Which version runs, what is new in it, how to get the next one, and the way back. */
export function Version() {
  const load = useLoad((signal) => client.care.program({ signal }));
  return (
    <div class="stack narrow-page">
      <p class="dim">{t('lead')}</p>
      <Loaded load={load}>{({ version, before }) => (
        <>
          <section class="card pad stack" aria-labelledby="version-now">
            <h2 class="t-20" id="version-now">{t('now', { version })}</h2>
            <p>{t('get')}</p>
            <p><code class="command">npx commonhold@latest start</code></p>
            <p class="t-14 dim">{t('get.other')}</p>
          </section>
          <section class="card pad stack" aria-labelledby="version-before">
            <h2 class="t-20" id="version-before">{t('before')}</h2>
            <p>{before ? t('before.text', { program: before.program, when: when(before.until) }) : t('before.none')}</p>
            {before ? <Back program={before.program} /> : null}
          </section>
        </>
      )}</Loaded>
      <section class="card pad stack" aria-labelledby="version-new">
        <h2 class="t-20" id="version-new">{t('new')}</h2>
        {CHANGES.map(([version, lines]) => (
          <div class="stack tight" key={version}>
            <h3 class="t-16">{version}</h3>
            <ul class="rules">{lines.map((line) => <li key={line}>{t(line)}</li>)}</ul>
          </div>
        ))}
      </section>
    </div>
  );
}

function Back({ program }: { program: string }) {
  const act = useAct();
  const [asked, ask] = useState(false), [gone, go] = useState(false);
  const command = `npx commonhold@${program} start`;
  return (
    <>
      <div class="row wrap"><Button onClick={() => ask(true)}>{t('back')}</Button></div>
      {asked ? (
        <Dialog title={t('back.title', { program })} onClose={() => ask(false)}>
          <div class="body stack">
            <p>{t('back.text')}</p>
            <p>{t('back.then', { program })}</p>
            <p><code class="command">{command}</code></p>
            {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
            {gone ? <Note>{t('back.gone')}</Note> : <div class="row wrap"><Button kind="danger" busy={act.busy} onClick={() => act.run(async () => { await client.care.goBack(); go(true); })}>{t('back.go')}</Button><Button kind="plain" onClick={() => ask(false)}>{t('back.not')}</Button></div>}
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
