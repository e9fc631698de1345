import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/index.ts';
import { reporting } from '../state/report.ts';
import { toast } from '../state/toast.ts';

/** The dialog that reports somebody or something: fetched when it is first asked for. */
export function LateReport() {
  const [Found, set] = useState<ComponentType | null>(null);
  const asked = reporting.value !== null;
  useEffect(() => {
    if (!asked || Found) return;
    import('../screens/house/ReportDialog.tsx').then(({ default: found }) => set(() => found), () => {
      reporting.value = null;
      toast(t('unreachable.text'));
    });
  }, [asked]);
  return Found ? <Found /> : null;
}
