import { useEffect } from 'preact/hooks';
import { Failed } from '../../components/Empty.tsx';
import { client } from '../../state/client.ts';
import { onLog } from '../../state/accessLog.ts';
import { isOf, rowsOf, withLine } from '../log/lines.ts';
import { useServices } from '../log/joined.ts';
import { Row, type OnOnly } from '../log/Row.tsx';
import '../log/log.css';
import { useLoad } from '../parts/useLoad.ts';
import { useLocation } from 'preact-iso';
import { t } from './words.ts';

/* As many days as a look back is worth here; the log itself has the rest. */
const DAYS = 7;
const MOST = 8;

/** Who reached what is kept of one service, lately and right now. */
export function Lately({ service }: { service: string }) {
  const { route } = useLocation();
  const load = useLoad((signal) => client.me.log({ days: DAYS }, { signal }), service);
  const lines = load.value?.days.flatMap((day) => day.lines.filter((line) => isOf(service, line))) ?? [];
  useEffect(() => onLog(({ day, line }) => {
    const now = load.value;
    if (!now || !isOf(service, line)) return;
    const [today, ...rest] = now.days;
    load.set({ ...now, days: today?.day === day ? [{ day, lines: withLine(today.lines, line) }, ...rest] : [{ day, lines: [line] }, ...now.days] });
  }), [load.value]);
  const only: OnOnly = (query) => route(`/log?${new URLSearchParams(query)}`);
  const services = useServices(lines);
  return (
    <section class="card sheet" aria-labelledby="lately">
      <div class="head"><h2 class="t-16 grow" id="lately">{t('lately')}</h2><a class="tap" href={`/log?service=${service}`}>{t('lately.all')}</a></div>
      {load.error ? <Failed title={t('lately.failed')} error={load.error} again={load.again} />
        : lines.length > 0 ? <ul class="log-rows">{rowsOf(lines).slice(0, MOST).map((row) => <Row key={row.id} row={row} services={services} onOnly={only} />)}</ul>
          : <p class="body dim">{t(load.value ? 'lately.none' : 'loading')}</p>}
    </section>
  );
}
