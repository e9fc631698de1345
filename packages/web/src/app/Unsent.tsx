import { useLocation } from 'preact-iso';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { refusalText, t } from '../i18n/index.ts';
import { connection } from '../state/connection.ts';
import { retryWrite, takeBack, unsent, type Write } from '../state/outbox.ts';
import { toast } from '../state/toast.ts';

const stateWords = (write: Write): string => {
  if (write.refused) return t('unsent.refused', { detail: refusalText(write.refused) });
  if (write.state === 'sending') return t('unsent.sending');
  return t(connection.value === 'on' ? 'unsent.soon' : 'unsent.waiting');
};

/* How words come back to their composer is fetched with the composer's own parts. */
const edit = (write: Write, route: (to: string) => void): void =>
  void import('../compose/unsent.ts').then(({ editUnsent }) => editUnsent(write, route)).catch(() => toast(t('unreachable.text')));

function Row({ write }: { write: Write }) {
  const { route } = useLocation();
  return (
    <li class={write.refused ? 'unsent-row bad' : 'unsent-row'}>
      <Icon name={write.refused ? 'flag' : 'clock'} />
      <div class="grow"><p class="clip2" dir="auto">{write.label}</p><p class="t-14 dim">{stateWords(write)}</p></div>
      {write.state === 'sending' ? null : (
        <span class="row tight wrap">
          {write.context ? <Button kind="plain" small onClick={() => edit(write, route)} label={t('unsent.edit.name', { what: write.label })}>{t('unsent.edit')}</Button> : null}
          {write.refused ? <Button kind="plain" small onClick={() => void retryWrite(write.key)} label={t('unsent.again.name', { what: write.label })}>{t('retry')}</Button> : null}
          <Button kind="plain" small onClick={() => void takeBack(write.key)} label={t('unsent.drop.name', { what: write.label })}>{t('unsent.drop')}</Button>
        </span>
      )}
    </li>
  );
}

/** What was written and is not with the house: waiting, on its way, or in need of the reader. Nothing when there is nothing. */
export function Unsent() {
  // What the house takes at once is not worth a line that comes and goes.
  const shown = unsent.value.filter((write) => write.refused || write.missed || connection.value !== 'on');
  if (shown.length === 0) return null;
  return (
    <section class="card sheet unsent" aria-label={t('unsent')}>
      <ul class="rows">{shown.map((write) => <Row key={write.key} write={write} />)}</ul>
    </section>
  );
}
