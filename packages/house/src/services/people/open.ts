import type { JsonObject } from '@commonhold/core';
import type { Caller } from '../../firewall/caller.ts';
import type { Gate } from '../../firewall/gate.ts';
import { unknown } from './profile.ts';
import { PEOPLE } from './types.ts';

type Me = Caller & { persona: string };

/**
 * Whether somebody's page is open to everyone: that is whom their profile is for, so that the firewall itself keeps a closed one closed.
 * Who is suspended changes neither way: they are shown to nobody outside meanwhile.
 */
export const makeOpen = ({ gate }: { gate: Gate }) => ({
  isOpen: (caller: Me): boolean => gate.reader(caller, caller.persona, PEOPLE).get('profile', 'self')?.audience === 'everyone',
  setOpen: async (caller: Me, open: boolean): Promise<void> => {
    await gate.transact(caller, caller.persona, PEOPLE, (tx) => {
      const item = gate.reader(caller, caller.persona, PEOPLE).get('profile', 'self');
      if (!item) throw unknown();
      const audience = open ? 'everyone' : 'house';
      if (item.audience !== audience) tx.put('profile', { key: 'self', body: JSON.parse(item.body) as JsonObject, audience });
    });
  },
});
