import type { JsonObject } from '@commonhold/core';
import { flag, list, named, oneOf, orNull, plain, shape, text, time, whole } from './shapes.ts';

/** Where backups go: of `folder` its path, of `s3` all the rest. */
export const targetShape = shape({
  kind: oneOf('folder', 's3'), 'path?': text(1000, 1), 'endpoint?': text(300, 8), 'region?': text(60, 1), 'bucket?': text(63, 3), 'prefix?': text(300), 'keyId?': text(200), 'secret?': text(200),
});

/** When, where, which stay. */
export const backupSettings =
  shape({ on: flag, hour: whole(0, 23), target: orNull(targetShape), keep: shape({ daily: whole(0, 366), weekly: whole(0, 100), monthly: whole(0, 120) }) });

const failed = { anyOf: [shape({ code: plain, say: plain }), { type: 'null' }] };
const count = whole(0, Number.MAX_SAFE_INTEGER);
const drill = { anyOf: [shape({ id: plain, at: time, ok: flag, found: list(plain) }), { type: 'null' }] };
const backup = { v: { const: 1 }, id: plain, at: time, took: count, title: plain, people: count, files: count, bytes: count, added: count, program: plain, 'drill?': drill };

/** Shapes of what is said of backups, by name. */
export const BACKUP_SHAPES: Readonly<Record<string, JsonObject>> = {
  BackupSettings: backupSettings,
  Backup: shape(backup),
  Backups: shape({ backups: list(shape(backup)), last: { anyOf: [shape({ at: time, ok: flag, 'code?': plain, 'say?': plain }), { type: 'null' }] }, place: failed }),
  PodOffer: { anyOf: [shape({ at: time, until: time, by: named('Person') }), { type: 'null' }] },
  Restore: shape({ state: oneOf('none', 'running', 'failed', 'done'), done: count, of: count, words: orNull(plain), failed }),
};
