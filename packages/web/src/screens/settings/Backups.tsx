import type { Backup, BackupList, BackupSettings, Job } from '@commonhold/sdk';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { JobBar } from '../../components/JobBar.tsx';
import { Note } from '../../components/Note.tsx';
import { locale, refusalText } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { onJob } from '../../state/jobs.ts';
import { toast } from '../../state/toast.ts';
import { BackupPlace, draftOf, targetOf } from '../parts/BackupPlace.tsx';
import { t } from '../parts/backupWords.ts';
import { Switch } from '../parts/Switch.tsx';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { OnePod } from './OnePod.tsx';
import { whenText } from '../parts/when.ts';

/** Where backups go, what there is, and whether it can be restored; for stewards. */
export function Backups() {
  const settings = useLoad((signal) => client.backups.settings({ signal }));
  return (
    <section class="card" aria-labelledby="backups">
      <div class="head"><h2 class="t-20" id="backups">{t('title')}</h2></div>
      <div class="body stack">
        <p class="dim">{t('text')}</p>
        {settings.error ? <Failed title={t('list.failed')} error={settings.error} again={settings.again} /> : null}
        {settings.value ? <Place now={settings.value} onSaved={settings.set} /> : null}
        {settings.value?.target ? <List key={JSON.stringify(settings.value.target)} /> : null}
      </div>
    </section>
  );
}

function Place({ now, onSaved }: { now: BackupSettings; onSaved: (settings: BackupSettings) => void }) {
  const act = useAct();
  const [draft, setDraft] = useState(() => draftOf(now.target)), [tried, setTried] = useState(false);
  const [hour, setHour] = useState(String(now.hour));
  const isHour = /^\d{1,2}$/.test(hour.trim()) && Number(hour) <= 23;
  // The secret that the house knows is that of its storage alone.
  const kept = now.target?.kind === 's3' && now.target.endpoint === draft.endpoint.trim() && now.target.keyId === draft.keyId.trim();
  const target = targetOf(draft, kept);
  const save = (on: boolean): void => {
    setTried(true);
    if (!isHour || !target) return;
    act.run(async () => {
      const next = await client.backups.setSettings({ ...now, on, hour: Number(hour), target });
      onSaved(next);
      setDraft(draftOf(next.target));
      setTried(false);
      toast(t('saved'));
    });
  };
  return (
    <form class="stack" noValidate onSubmit={(event) => { event.preventDefault(); save(now.on); }}>
      <BackupPlace draft={draft} onDraft={setDraft} words={{ kind: t('kind'), label: t('where'), hint: t('where.hint') }} tried={tried} kept={kept} />
      <Field label={t('hour')} value={hour} onInput={setHour} inputMode="numeric" maxLength={2} hint={t('hour.hint')} error={isHour ? undefined : t('hour.wrong')} />
      {now.target ? <div class="row"><p class="grow">{t('on')}</p><Switch label={t('on')} on={now.on} busy={act.busy} onChange={save} /></div> : null}
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <div><Button type="submit" busy={act.busy}>{t('save')}</Button></div>
    </form>
  );
}

/** What the house does with backups, and what that is called. */
const DOING: Readonly<Record<string, 'making' | 'trying' | 'restore.fetching'>> = { backup: 'making', drill: 'trying', 'restore-pod': 'restore.fetching' };
const isOurs = ({ kind }: Job): boolean => Object.hasOwn(DOING, kind);

function doneText({ kind, result }: Job): string {
  if (kind === 'restore-pod') return t('mine.done');
  return kind === 'backup' ? t('made') : (result as { ok: boolean }).ok ? t('tried') : t('damaged');
}

/** Why there is no good backup lately, or null. */
function faultIn(list: BackupList | null): string | null {
  const { code, say } = list?.place ?? (list?.last?.ok === false ? list.last : {});
  return say === undefined ? null : t('failed', { say: refusalText({ code: code ?? '', detail: say }) });
}

function List() {
  const list = useLoad((signal) => client.backups.list({ signal }));
  const jobs = useLoad((signal) => client.jobs.ofHouse({ signal }));
  const act = useAct();
  const [begun, setBegun] = useState<Job | null>(null);
  const [asked, ask] = useState<Backup | null>(null);
  const job = begun ?? jobs.value?.jobs.find((one) => one.state === 'running' && isOurs(one)) ?? null;
  useEffect(() => onJob((one) => {
    if (!isOurs(one)) return;
    setBegun(one);
    if (one.state === 'running') return;
    list.again();
    if (one.state === 'done') toast(doneText(one));
  }), []);
  const begin = (how: () => Promise<Job>): void => act.run(async () => { setBegun(await how()); });
  if (list.error) return <Failed title={t('list.failed')} error={list.error} again={list.again} />;
  const bad = faultIn(list.value);
  return (
    <div class="stack">
      {bad ? <Note kind="bad">{bad}</Note> : null}
      {job ? <JobBar job={job} label={t(DOING[job.kind]!)} onCancel={() => void client.jobs.cancelOfHouse(job.id)} /> : null}
      {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      <div><Button kind="fill" busy={act.busy} onClick={() => begin(() => client.backups.make())}>{t('now')}</Button></div>
      <h3 class="t-16">{t('list')}</h3>
      {list.value?.backups.length === 0 ? <p class="dim">{t('none')}</p> : null}
      <ul class="stack tight" role="list">
        {list.value?.backups.map((backup) => <Line key={backup.id} backup={backup} onTry={() => begin(() => client.backups.drill(backup.id))} onPod={() => ask(backup)} />)}
      </ul>
      {asked ? <OnePod backup={asked} onClose={() => ask(null)} onJob={setBegun} /> : null}
    </div>
  );
}

function Line({ backup: { at, people, bytes, drill }, onTry, onPod }: { backup: Backup; onTry: () => void; onPod: () => void }) {
  const when = (ms: number): string => whenText(ms, Date.now(), locale);
  const size = t('mib', { n: (bytes / 1024 ** 2).toLocaleString(locale, { maximumFractionDigits: 1 }) });
  return (
    <li class="stack tight">
      <div>
        <p class="b">{when(at)}</p>
        <p class="t-14 dim">{t('line', { people, size })}</p>
        {drill ? <p class={drill.ok ? 'row tight t-14 green' : 'row tight t-14'}><Icon name={drill.ok ? 'check' : 'flag'} /><span>{t(drill.ok ? 'sound' : 'broken', { when: when(drill.at) })}</span></p> : null}
      </div>
      <div class="row wrap"><Button small label={t('try.name', { when: when(at) })} onClick={onTry}>{t('try')}</Button><Button small kind="plain" label={t('pod.name', { when: when(at) })} onClick={onPod}>{t('pod')}</Button></div>
    </li>
  );
}
