import type { Network } from '@commonhold/sdk';
import { useState } from 'preact/hooks';
import { client } from '../../state/client.ts';
import { refreshHouse } from '../../state/session.ts';
import { useAct, type Act } from './useAct.ts';
import { useLoad, type Load } from './useLoad.ts';

/** The addresses of the house, and the switch of its steward. `wanted` is what the switch shows while the house turns it. */
export interface NetworkState extends Load<Network> { act: Act; wanted: boolean; letIn: (lan: boolean) => void }

/** Asks the house where it can be reached. */
export function useNetwork(): NetworkState {
  const load = useLoad((signal) => client.house.network({ signal }));
  const act = useAct();
  const [asked, ask] = useState<boolean | null>(null);
  const letIn = (lan: boolean): void => {
    ask(lan);
    act.run(async () => {
      try {
        load.set(await client.house.setNetwork(lan));
        await refreshHouse();
      } finally { ask(null); }
    });
  };
  return { ...load, act, wanted: asked ?? load.value?.lan ?? false, letIn };
}
