import { thingWords } from '@commonhold/core';
import type { Conflict as ConflictOf, RepairChoice, RepairVersion } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { language, locale } from '../../i18n/index.ts';
import { AudienceWord } from '../../posts/parts.tsx';
import { decide } from '../../state/repairs.ts';
import { toast } from '../../state/toast.ts';
import { isAudience } from '../../words/audience.ts';
import { useAct } from '../parts/useAct.ts';
import { whenText } from '../parts/when.ts';
import { differ, type Piece } from './differ.ts';
import { t } from './words.ts';

/* Of these a second one makes sense; a profile or a mark there is once. */
const DOUBLES = new Set(['microblog.posts']);
/* What people wrote, in this order; other fields are for machines. */
const WRITTEN = ['name', 'text', 'bio', 'note'];

/** What a version says to a person; null = it was removed. */
export function saysOf({ body }: RepairVersion): string | null {
  if (!body) return null;
  const written = WRITTEN.map((field) => body[field]).filter((value) => typeof value === 'string');
  return written.length ? written.join('\n') : Object.entries(body).map(([field, value]) => `${field}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join('\n');
}

function Version({ name, device, version, pieces }: { name: string; device: string; version: RepairVersion; pieces: readonly Piece[] | null }) {
  return (
    <div class="version">
      <h3 class="label">{name}</h3>
      <p class="t-13 dim">{t('by', { device, when: whenText(version.at, Date.now(), locale) })}</p>
      {pieces ? <p class="text well" dir="auto">{pieces.map((piece) => piece.new ? <mark>{piece.text}</mark> : piece.text)}</p> : <p class="well dim">{t('removed')}</p>}
    </div>
  );
}

const SAID = { keep: 'kept', other: 'used', both: 'bothed' } as const;

/** Two versions of one thing, and which of them shall stand. */
export function Conflict({ conflict, deviceName, onDone }: { conflict: ConflictOf; deviceName: (key: string) => string; onDone: () => void }) {
  const act = useAct();
  const { id, service, collection, kept, other, audience } = conflict;
  const thing = thingWords(service, collection, language).one;
  const [left, right] = [saysOf(kept), saysOf(other)];
  const [a, b] = left !== null && right !== null ? differ(left, right) : [left === null ? null : [{ text: left, new: false }], right === null ? null : [{ text: right, new: false }]];
  const both = DOUBLES.has(`${service}.${collection}`) && a !== null && b !== null;
  const choose = (choice: keyof typeof SAID & RepairChoice) => () => act.run(async () => { await decide(id, choice); toast(t(SAID[choice])); onDone(); });
  return (
    <section class="card conflict" aria-labelledby={`conflict-${id}`}>
      <div class="head wrap"><h2 class="t-20 grow" id={`conflict-${id}`}>{t('conflict', { thing })}</h2>{isAudience(audience) ? <AudienceWord audience={audience} /> : null}</div>
      <div class="body stack">
        <p class="t-14 dim">{t('conflict.text')}</p>
        <div class="versions">
          <Version name={t('stands')} device={deviceName(kept.device)} version={kept} pieces={a} />
          <Version name={t('other')} device={deviceName(other.device)} version={other} pieces={b} />
        </div>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
        <div class="trio">
          <Button busy={act.busy} onClick={choose('keep')}>{t('keep')}</Button>
          <Button busy={act.busy} onClick={choose('other')}>{t(b ? 'use' : 'use.removed')}</Button>
          {both ? <Button busy={act.busy} onClick={choose('both')}>{t('both')}</Button> : null}
        </div>
        {both ? <p class="hint">{t('both.text', { thing })}</p> : null}
      </div>
    </section>
  );
}
