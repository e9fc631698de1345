import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { quotableOf, quoteWithMine } from '../state/posts.ts';
import { toast } from '../state/toast.ts';

/** What is asked about quotes: fetched when it is first asked for. */
export function LateConsent() {
  const [Found, set] = useState<ComponentType | null>(null);
  const asked = quotableOf.value !== null || quoteWithMine.value !== null;
  useEffect(() => {
    if (!asked || Found) return;
    import('./consent/index.tsx').then(({ default: found }) => set(() => found), () => {
      quotableOf.value = quoteWithMine.value = null;
      toast(t('unreachable.text'));
    });
  }, [asked]);
  return Found ? <Found /> : null;
}
