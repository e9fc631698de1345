import { useState } from 'preact/hooks';
import type { AccessLog } from '@commonhold/sdk';
import { faultText } from '../../components/Empty.tsx';
import { IconButton } from '../../components/Button.tsx';
import { language } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { now } from '../../state/clock.ts';
import { toast } from '../../state/toast.ts';
import { handOver } from '../parts/handOver.ts';
import { csvOf } from './csv.ts';
import { dayOf } from './lines.ts';
import { t } from './words.ts';

/* As many days as the house gives at once. */
const DAYS = 14;

async function wholeLog(): Promise<AccessLog['days']> {
  const days: AccessLog['days'] = [];
  for (let before: string | null | undefined; before !== null;) {
    const page: AccessLog = await client.me.log({ days: DAYS, ...(before === undefined ? {} : { before }) });
    days.push(...page.days);
    before = page.next;
  }
  return days;
}

/** Takes the whole log along as a table. */
export function Take() {
  const [busy, setBusy] = useState(false);
  const take = () => {
    if (busy) return;
    setBusy(true);
    toast(t('take.going'));
    wholeLog().then((days) => { handOver(csvOf(days, language), `who-read-${dayOf(now.value)}.csv`, 'text/csv'); toast(t('take.done')); }, (error: unknown) => toast(faultText(error))).finally(() => setBusy(false));
  };
  return <IconButton icon="save" label={t('take')} onClick={take} />;
}
