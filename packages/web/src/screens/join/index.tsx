import type { ApiError } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import '../parts/parts.css';
import '../entry/entry.css';
import { Failed } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { house, me } from '../../state/session.ts';
import { t } from '../entry/words.ts';
import { useFocusOn } from '../parts/useFocusOn.ts';
import { useLoad } from '../parts/useLoad.ts';
import { AlreadyIn, FullHouse, NoInvite } from './closed.tsx';
import { HelloCard } from './HelloCard.tsx';
import { InviteCard } from './InviteCard.tsx';
import { Joining } from './Joining.tsx';

/** Refusals that no form can mend: the invite is gone, or the house is full. */
const CLOSED: ReadonlySet<string> = new Set(['invite_unknown', 'invite_ended', 'house_full']);

/** Joining: the house and its people first, then who you are, then a first word. */
export default function Join() {
  const { params } = useRoute();
  const invite = decodeURIComponent(params['invite'] ?? '');
  return <Page title={t('join.title', { house: house.value!.title })} headless><div class="narrow" key={invite}><Door invite={invite} /></div></Page>;
}

function Door({ invite }: { invite: string }) {
  const load = useLoad((signal) => client.invites.preview(invite, { signal }), invite);
  const [step, setStep] = useState<1 | 2 | 3>(1);
  const [closed, close] = useState<ApiError | null>(null);
  const { route } = useLocation();
  useFocusOn(`${step}${closed?.code ?? ''}`);
  const refusal = closed ?? load.error;
  const lookAgain = (): void => { close(null); setStep(1); load.again(); };

  if (step === 3) return <HelloCard onLeave={() => route('/', true)} />;
  if (me.value) return <AlreadyIn name={me.value.name} />;
  if (refusal?.code === 'house_full') return <FullHouse onAgain={lookAgain} />;
  if (refusal && CLOSED.has(refusal.code)) return <NoInvite invite={invite} ended={refusal.code === 'invite_ended'} onAgain={lookAgain} />;
  if (refusal) return <div class="card"><Failed title={t('join.failed.title')} error={refusal} again={lookAgain} /></div>;
  if (!load.value) return <Waiting />;
  if (load.value.house.people >= load.value.house.capacity) return <FullHouse onAgain={lookAgain} />;
  return step === 1
    ? <InviteCard preview={load.value} onJoin={() => setStep(2)} />
    : <Joining invite={invite} preview={load.value} onBack={() => setStep(1)} onClosed={close} closes={(error) => CLOSED.has(error.code)} onIn={() => setStep(3)} />;
}

function Waiting() {
  return (
    <div class="card pad stack" aria-busy="true">
      <span class="vh" role="status">{t('loading')}</span>
      <span class="skel w-60" /><span class="skel w-40 thin" /><span class="skel" /><span class="skel w-80" />
    </div>
  );
}

