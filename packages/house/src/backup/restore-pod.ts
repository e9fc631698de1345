import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal, type Suite } from '@commonhold/core';
import { openSecrets } from '../config/secrets.ts';
import { renewPod } from '../firewall/renew-pod.ts';
import { upgradePod } from '../firewall/upgrade.ts';
import type { Damage } from '../firewall/verify/damage.ts';
import { verifyPod } from '../firewall/verify/pod.ts';
import { newPodDevice } from '../household/newPodDevice.ts';
import { readSeats, type HeldSeat } from '../household/seats.ts';
import { openSqlite, type Sqlite } from '../sqlite/port.ts';
import { findPlace, type Opener } from './place.ts';
import { manifestOf, restoreFiles } from './restore.ts';
import { checkTarget, openTarget } from './settings.ts';
import type { TargetWish } from './target/target.ts';
import type { OnBytes } from './types.ts';

/** Which pod comes back, from where. */
export interface PodWish { data: string; handle: string; wish: TargetWish; opener: Opener; id?: string | undefined }

/** Inside `before-restore`, which no backup holds. */
const COMING = 'coming';

/**
 * Puts one person's pod back as a backup has it, in a data folder at rest and under its lock; everybody else's stays as it is. It gets a
 * new pod device, which its person must let in: until then it is read and not written. What was there is kept (`aside`). Cut off, it is
 * to be done again. Refuses `person_unknown`, `not_in_backup`, and what restoring a house refuses.
 */
export async function restorePod(suite: Suite, { data, handle, wish, opener, id }: PodWish, onBytes: OnBytes, signal: AbortSignal): Promise<{ at: number; aside: string }> {
  checkTarget(wish, data);
  const db = openSqlite(join(data, 'house.db'), { durability: 'full' });
  try {
    const seat = readSeats(db).find((one) => one.handle === handle && one.state === 'active');
    if (!seat) throw new Refusal('not_found', 'person_unknown', `Nobody in this house is called ${handle}.`);
    const manifest = await manifestOf(await findPlace(suite, openTarget(wish), opener), id), name = `pods/${seat.pod}`;
    const files = manifest.files.filter(({ path }) => path === `${name}.db` || path.startsWith(`${name}.blobs/`));
    if (files.length === 0) throw new Refusal('not_found', 'not_in_backup', `This backup was made before ${handle} joined.`);
    const coming = join(data, 'before-restore', COMING);
    rmSync(coming, { recursive: true, force: true });
    mkdirSync(coming, { recursive: true, mode: 0o700 });
    try {
      await restoreFiles(await findPlace(suite, openTarget(wish), opener), { ...manifest, files }, coming, { onBytes, signal });
      const aside = join(data, 'before-restore', `${handle}-${Date.now().toString(36)}`);
      exchange(suite, db, { data, seat, coming, aside });
      return { at: manifest.at, aside };
    } finally { rmSync(coming, { recursive: true, force: true }); }
  } finally { db.close(); }
}

function exchange(suite: Suite, db: Sqlite, { data, seat, coming, aside }: { data: string; seat: HeldSeat; coming: string; aside: string }): void {
  const path = `pods/${seat.pod}.db`, came = join(coming, path), secrets = openSecrets(data, suite);
  upgradePod(came);
  const found: Damage[] = [];
  verifyPod(suite, { path: came, file: path, persona: seat.persona, handle: seat.handle, device: null, house: secrets.persona }, { tell: (damage) => found.push(damage), step: () => {}, changes: (changes) => { for (const _ of changes); } });
  if (found.length > 0) throw new Refusal('unavailable', 'backup_damaged', `What was restored is not sound (${found[0]!.code}: ${found[0]!.says}). Restore an older backup.`);
  const { device, keep } = newPodDevice(suite, secrets.house, seat.persona);
  renewPod(came, { persona: seat.persona, device, newer: join(data, path) });
  mkdirSync(join(aside, 'pods'), { recursive: true, mode: 0o700 });
  for (const end of ['.db-wal', '.db-shm', '.db', '.blobs']) {
    const name = `pods/${seat.pod}${end}`;
    if (existsSync(join(data, name))) renameSync(join(data, name), join(aside, name));
    if (existsSync(join(coming, name))) renameSync(join(coming, name), join(data, name));
  }
  keep(db);
  // They have seen more than there is now.
  for (const end of ['', '-wal', '-shm']) rmSync(join(data, `views.db${end}`), { force: true });
}
