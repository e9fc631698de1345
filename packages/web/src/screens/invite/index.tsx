import type { Invite as OpenInvite } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import '../parts/parts.css';
import './invite.css';
import { Failed } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { Page } from '../../components/Page.tsx';
import { client } from '../../state/client.ts';
import { house, me } from '../../state/session.ts';
import { LetIn } from '../parts/LetIn.tsx';
import { outside } from '../parts/outside.ts';
import { useLoad } from '../parts/useLoad.ts';
import { useNetwork } from '../parts/useNetwork.ts';
import { t } from '../parts/words.ts';
import { InviteList } from './InviteList.tsx';
import { MakeInvite } from './MakeInvite.tsx';
import { ShareInvite } from './ShareInvite.tsx';

/** Inviting: one link to pass on, the door beside it, and what is open. */
export default function Invite() {
  const load = useLoad((signal) => client.invites.list({ signal }));
  const network = useNetwork();
  const [chosen, choose] = useState<string | null>(null);
  const [making, make] = useState(false);
  const open = (load.value?.invites ?? []).filter((invite) => invite.left > 0 && invite.expires > Date.now());
  const shown = open.find(({ invite }) => invite === chosen) ?? open.find(({ by }) => by.persona === me.value!.persona) ?? null;
  const made = (invite: string): void => { choose(invite); make(false); load.again(); };
  return (
    <Page title={t('invite')} back="/people" wide flush={false}>
      <div class="split">
        <section class="card" aria-label={t('invite')}>
          {load.error ? <Failed title={t('invites.failed')} error={load.error} again={load.again} />
            : !load.value ? <div class="pad stack center-x" aria-busy="true"><span class="skel w-60" /><span class="qr" /><span class="skel" /></div>
            : shown && !making ? <ShareInvite invite={withReach(shown, network.value?.urls)} network={network} onOther={() => make(true)} />
            : <MakeInvite first={!shown} onMade={made} onCancel={() => make(false)} />}
        </section>
        <div class="stack">
          <Door network={network} />
          {load.value ? <InviteList open={open} shown={shown?.invite ?? null} onShow={(invite) => { choose(invite); make(false); scrollTo(0, 0); }} onEnded={load.again} /> : null}
        </div>
      </div>
    </Page>
  );
}

/** The link with the address that others can use now: the list may be older than the last turn of the switch. */
function withReach(invite: OpenInvite, urls: readonly string[] | undefined): OpenInvite {
  const address = outside(urls ?? [])[0] ?? urls?.[0];
  return address ? { ...invite, url: `${address}/join/${invite.invite}` } : invite;
}

/** The switch that lets others follow the link, for the steward; and whether there is a place left. */
function Door({ network }: { network: ReturnType<typeof useNetwork> }) {
  const { people, capacity } = house.value!;
  const full = people >= capacity ? <Note kind="warn">{t('invite.full', { capacity })}</Note> : null;
  if (me.value!.role !== 'steward') return full;
  return <section class="card pad stack" aria-label={t('let.title')}>{full}<LetIn network={network} /></section>;
}
