import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { toast } from '../state/toast.ts';

/** Something over the page that is fetched when it is first asked for, and stays from then on; `giveUp` when it cannot be fetched, which is said. */
export function onDemand(load: () => Promise<ComponentType>, isAsked: () => boolean, giveUp: () => void): ComponentType {
  return function OnDemand() {
    const [Found, set] = useState<ComponentType | null>(null);
    const asked = isAsked();
    useEffect(() => {
      if (!asked || Found) return;
      load().then((found) => set(() => found), () => {
        giveUp();
        toast(t('unreachable.text'));
      });
    }, [asked]);
    return Found ? <Found /> : null;
  };
}
