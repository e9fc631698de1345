import { ApiError } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Empty } from '../../../components/Empty.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Note } from '../../../components/Note.tsx';
import { client } from '../../../state/client.ts';
import { listenLinks } from '../../../state/live.ts';
import { me } from '../../../state/session.ts';
import { acts } from '../../../keys/index.ts';
import { keyFault, t } from '../../parts/keyWords.ts';
import { Switch } from '../../parts/Switch.tsx';
import { useAct } from '../../parts/useAct.ts';
import { kindOf } from './kind.ts';
import { ShowCode, type Code } from './ShowCode.tsx';

interface Asked { device: string; label: string; mac: string }
type State = { is: 'opening' } | { is: 'code'; code: Code } | { is: 'asked'; code: Code; asked: Asked } | { is: 'done'; label: string } | { is: 'ended' } | { is: 'changed' };

const LOOK_MS = 3000;

/** Adds a device by a code: shows it, waits, says who asks, checks that nobody changed the key on the way, signs. */
export function AddDevice({ onClose }: { onClose: () => void }) {
  const act = useAct();
  const [state, setState] = useState<State>({ is: 'opening' });
  const open = (): void => act.run(async () => {
    setState({ is: 'opening' });
    setState({ is: 'code', code: await (await acts()).openLink() });
  });
  useEffect(open, []);
  useWaiting(state, setState);
  const drop = (code: Code): void => { void client.keys.endLink(code.link).catch(() => undefined); };
  const leave = (): void => { if (state.is === 'code' || state.is === 'asked') drop(state.code); onClose(); };
  const approve = ({ code, asked }: { code: Code; asked: Asked }, manage: boolean): void => act.run(async () => {
    await (await acts()).approve(me.value!.persona, { ...code, asked, manage });
    setState({ is: 'done', label: asked.label });
  });
  const title = state.is === 'asked' ? t('add.asks', { name: state.asked.label }) : state.is === 'done' ? t('add.done', { name: state.label }) : t('add.title');
  return (
    <Dialog title={title} onClose={leave}>
      <div class="body stack" aria-live="polite">
        {state.is === 'code' ? <ShowCode code={state.code} onEnded={() => { drop(state.code); setState({ is: 'ended' }); }} />
          : state.is === 'asked' ? <SayYes asked={state.asked} busy={act.busy} onYes={(manage) => approve(state, manage)} onNo={() => { drop(state.code); setState({ is: 'ended' }); }} />
          : state.is === 'changed' ? <Note kind="bad" icon="flag" alert><p class="b">{t('add.changed')}</p><p>{t('add.changed.text')}</p></Note>
          : state.is === 'ended' ? <Empty title={t('add.ended')} action={<Button kind="fill" onClick={open}>{t('add.again')}</Button>}><p>{t('add.ended.text')}</p></Empty>
          : state.is === 'done' ? <><Note>{t('add.done.text')}</Note><Button kind="fill" block onClick={onClose}>{t('add.done.ok')}</Button></>
          : act.error ? null : <span class="skel qr" aria-busy="true" />}
        {act.error ? <Note kind="bad" alert>{keyFault(act.error)}</Note> : null}
      </div>
    </Dialog>
  );
}

/** While a code is shown: hears of the device that asks, at once by the stream, and by looking where that is cut. */
function useWaiting(state: State, setState: (state: State) => void): void {
  const link = state.is === 'code' ? state.code.link : null;
  useEffect(() => {
    if (state.is !== 'code' || link === null) return;
    const { code } = state;
    const took = (seen: { state: string; device?: string; label?: string; mac?: string }): void => {
      if (seen.state !== 'asked' || !seen.device || !seen.mac) return;
      const asked = { device: seen.device, label: seen.label ?? '', mac: seen.mac };
      void acts().then(({ isTheOne }) => {
        if (isTheOne(code.secret, asked)) { setState({ is: 'asked', code, asked }); return; }
        void client.keys.endLink(link).catch(() => undefined);
        setState({ is: 'changed' });
      });
    };
    const look = (): void => { client.keys.link(link).then(took, (error: unknown) => { if (error instanceof ApiError && [404, 410].includes(error.status)) setState({ is: 'ended' }); }); };
    const timer = setInterval(look, LOOK_MS);
    const stop = listenLinks((event) => { if (event.link === link) took(event); });
    return () => { clearInterval(timer); stop(); };
  }, [link]);
}

function SayYes({ asked: { label }, busy, onYes, onNo }: { asked: Asked; busy: boolean; onYes: (manage: boolean) => void; onNo: () => void }) {
  const [manage, setManage] = useState(true);
  return (
    <>
      <div class="row"><span class="svc g"><Icon name={kindOf(label)} /></span><p class="grow">{t('add.asks.text')}</p></div>
      <div class="row start">
        <div class="grow"><p class="b">{t('add.manage')}</p><p class="t-14 dim">{t('add.manage.text')}</p></div>
        <Switch label={t('add.manage')} on={manage} onChange={setManage} />
      </div>
      <div class="pair">
        <Button kind="fill" block busy={busy} onClick={() => onYes(manage)}>{busy ? t('add.yes.busy') : t('add.yes')}</Button>
        <Button block onClick={onNo}>{t('add.no')}</Button>
      </div>
    </>
  );
}
