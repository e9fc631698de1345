import type { ApiError } from '@commonhold/sdk';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { faultText } from '../../components/Empty.tsx';
import { outside } from './outside.ts';
import { Switch } from './Switch.tsx';
import type { NetworkState } from './useNetwork.ts';
import { t } from './words.ts';

/** The switch that lets the local network in, for the steward, with what that means in plain words. */
export function LetIn({ network }: { network: NetworkState }) {
  const { value, act, wanted, letIn } = network;
  const error = act.error ?? network.error;
  return (
    <div class="stack">
      <div class="row start">
        <span class={wanted ? 'svc g' : 'svc n'}><Icon name="wifi" /></span>
        <div class="grow"><p class="b">{t('let.title')}</p><p class="t-14 dim">{wanted ? t('let.on') : t('let.off')}</p></div>
        <Switch label={t('let.title')} on={wanted} busy={act.busy || !value} onChange={letIn} />
      </div>
      {error ? <Note kind="bad" alert>{networkFault(error)}</Note> : null}
      {value?.lan ? <Addresses urls={outside(value.urls)} secure={value.secure} /> : null}
    </div>
  );
}

/** Why the network could not be let in. */
export const networkFault = (error: ApiError): string => error.code === 'no_network' ? t('let.nowhere') : faultText(error);

/** Where the house is found on the network; nothing when it has no address there. */
function Addresses({ urls, secure }: { urls: readonly string[]; secure: boolean }) {
  if (urls.length === 0) return <Note kind="warn" icon="wifi">{t('let.nowhere')}</Note>;
  return (
    <>
      <ul class="well stack tight">{urls.map((url) => <li class="addr">{url}</li>)}</ul>
      {secure ? null : <Note kind="warn">{t('let.plain')}</Note>}
    </>
  );
}
