import { isObject, Refusal, toBase64Url } from '@commonhold/core';
import type { Backups } from '../../backup/backups.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { Jobs } from '../../jobs/jobs.ts';
import { HOUSE, type Job } from '../../jobs/types.ts';
import type { BackupAnswer, BackupDeed, ControlPort } from './port.ts';

/** What the control port needs for backups. */
export interface BackupControlDeps { backups: Pick<Backups, 'settings' | 'setSettings' | 'list' | 'start' | 'drill'>; jobs: Pick<Jobs, 'listen' | 'ended' | 'list'>; secrets: Pick<Secrets, 'backupKey'> }

/** Backups from a terminal. */
export function makeBackupControl({ backups, jobs, secrets }: BackupControlDeps): Pick<ControlPort, 'backup'> {
  const follow = async (job: Job, tell: Parameters<ControlPort['backup']>[1]): Promise<unknown> => {
    const stop = jobs.listen((_, { id, done, of }) => { if (id === job.id) tell({ done, of }); });
    try {
      const { state, result, failed } = await jobs.ended(HOUSE, job.id);
      if (state === 'done') return result;
      throw new Refusal('unavailable', failed?.code ?? state, failed?.say ?? 'It was ended before it was done.');
    } finally { stop(); }
  };
  const underWay = (kind: string): Job | undefined => jobs.list(HOUSE).find((job) => job.kind === kind && job.state === 'running');
  // A new place begins one by itself, and tries it: whoever asks for one is then told of that.
  const begun = (): Job => underWay('backup') ?? backups.start();
  const tried = async (id: string, tell: Parameters<ControlPort['backup']>[1]): Promise<unknown> => {
    const other = underWay('drill'), found = other && await follow(other, tell);
    return isObject(found) && found['id'] === id ? found : follow(backups.drill(id), tell);
  };
  const newest = async (): Promise<string> => {
    const { backups: [first], place } = await backups.list();
    if (first) return first.id;
    throw new Refusal('not_found', place?.code ?? 'no_backups', place?.say ?? 'There are no backups yet.');
  };
  return {
    backup: async (deed, tell) => {
      if (deed.to !== undefined) await backups.setSettings({ ...backups.settings(), target: { kind: 'folder', path: deed.to } });
      switch (deed.do) {
        case 'now': return { made: await follow(begun(), tell) } as BackupAnswer;
        case 'drill': return { tried: await tried(deed.id ?? await newest(), tell) } as BackupAnswer;
        case 'list': { const { backups: list, place } = await backups.list(); if (place) throw new Refusal('unavailable', place.code, place.say); return { list }; }
        case 'key': return { key: toBase64Url(secrets.backupKey()) };
      }
    },
  };
}

/** What was sent to /control/backup, checked. Refuses `bad_backup`. */
export function backupDeedOf(value: unknown): BackupDeed {
  const { do: what, id, to } = isObject(value) ? value : {};
  const known = (['now', 'drill', 'list', 'key'] as const).find((one) => one === what);
  if (!known || [id, to].some((one) => one !== undefined && typeof one !== 'string')) throw new Refusal('invalid', 'bad_backup', '"do" must be now, drill, list or key.', { field: 'do', expected: 'now, drill, list or key' });
  return { do: known, ...(typeof id === 'string' && { id }), ...(typeof to === 'string' && { to }) };
}
