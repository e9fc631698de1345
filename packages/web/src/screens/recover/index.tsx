import type { ApiError } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import '../parts/parts.css';
import '../entry/entry.css';
import { Button } from '../../components/Button.tsx';
import { Field } from '../../components/Field.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { acts } from '../../keys/index.ts';
import { house, me, refreshMe } from '../../state/session.ts';
import { toast } from '../../state/toast.ts';
import { deviceLabel } from '../entry/device.ts';
import { Passphrase } from '../entry/Passphrase.tsx';
import { strengthOf } from '../entry/passphrase.ts';
import { t as door } from '../entry/words.ts';
import { keyFault, t } from '../parts/keyWords.ts';
import { useAct } from '../parts/useAct.ts';
import { isAboutWords, WordsField } from '../parts/WordsField.tsx';

interface Draft { handle: string; typed: string; renew: boolean; passphrase: string }

/** Coming back on a browser that knows nothing: handle, the 24 words, and a new passphrase if wanted. */
export default function Recover() {
  const { route } = useLocation();
  const act = useAct();
  const [draft, setDraft] = useState<Draft>({ handle: '', typed: '', renew: false, passphrase: '' });
  const [tried, setTried] = useState(false);
  useEffect(() => { if (me.value) route('/', true); }, []);
  const change = (part: Partial<Draft>): void => { act.clear(); setDraft({ ...draft, ...part }); };
  const handle = draft.handle.trim().replace(/^@/, '').toLowerCase();
  const short = draft.renew && !strengthOf(draft.passphrase).enough;
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (handle === '' || short) return;
    act.run(async () => {
      const passphrase = draft.renew ? draft.passphrase : '';
      await (await acts()).comeBack({ house: house.value!.id ?? '', handle, typed: draft.typed, passphrase, label: deviceLabel(navigator.userAgent) });
      await refreshMe();
      toast(t('back.in'));
      route('/', true);
    });
  };
  return (
    <Page title={t('back.title')} headless>
      <div class="narrow">
        <form class="card pad stack loose" onSubmit={submit} noValidate>
          <div class="stack tight"><h1 class="t-24" tabIndex={-1}>{t('back.title')}</h1><p class="dim">{t('back.lead')}</p></div>
          <Field label={t('back.handle')} value={draft.handle} onInput={(typed) => change({ handle: typed })} error={tried && handle === '' ? t('back.handle.missing') : undefined}
            autoComplete="username" name="username" autoCapitalize="none" spellcheck={false} />
          <WordsField value={draft.typed} onInput={(typed) => change({ typed })} error={act.error} />
          <div class="stack tight">
            <label class="check"><input type="checkbox" checked={draft.renew} onChange={(event) => change({ renew: event.currentTarget.checked })} />
              <span><span class="b">{t('back.pass')}</span><br /><span class="t-14 dim">{t('back.pass.text')}</span></span></label>
            {draft.renew ? <Passphrase fresh value={draft.passphrase} onInput={(passphrase) => change({ passphrase })} error={tried && short ? door('pass.short') : undefined} /> : null}
          </div>
          <Fault error={act.error} />
          <div class="stack tight">
            <Button kind="fill" type="submit" block busy={act.busy}>{act.busy ? t('back.busy') : t('back.go')}</Button>
            <Button kind="plain" block href="/login">{t('back.login')}</Button>
          </div>
        </form>
      </div>
    </Page>
  );
}

const Fault = ({ error }: { error: ApiError | null }) => error && !isAboutWords(error) ? <Note kind="bad" alert>{keyFault(error)}</Note> : null;
