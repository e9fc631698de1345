import type { WholeProfile } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { t, tx } from './words.ts';

type Verified = NonNullable<WholeProfile['verified']>;
type Since = NonNullable<Verified['since']>;

const dateOf = (ms: number): string => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...(Date.now() - ms > 300 * 86_400_000 && { year: 'numeric' as const }) }).format(ms);

/* What was written into their key log since, in words. */
function since({ added, removed, words, moves }: Since): string {
  const parts = [added > 0 && t('met.added', { n: added }), removed > 0 && t('met.removed', { n: removed }), words > 0 && t('met.words'), moves > 0 && t('met.moves')].filter((part) => part !== false);
  return parts.length === 0 ? t('met.else') : new Intl.ListFormat(locale).format(parts);
}

const isSame = ({ added, removed, words, moves }: Since): boolean => added + removed + words + moves === 0;

/** Whether the reader met somebody and compared keys, and what has become of those keys. */
export function Met({ person, onMeet, onChange }: { person: WholeProfile; onMeet: () => void; onChange: (change: Partial<WholeProfile>) => void }) {
  const act = useAct();
  const { verified, name } = person;
  if (!verified) return null;
  const forget = () => act.run(async () => {
    await client.people.unverify(person.persona);
    onChange({ verified: undefined } as unknown as Partial<WholeProfile>);
    toast(t('met.forgotten', { name }));
  });
  const when = dateOf(verified.at);
  const kind = !verified.since ? 'bad' : isSame(verified.since) ? 'good' : 'warn';
  return (
    <div class={kind === 'good' ? 'note met' : `note met ${kind}`}>
      <Icon name={kind === 'good' ? 'shield' : 'flag'} />
      <div class="grow">
        {kind === 'good' ? <p>{tx('met.same', { b: <b>{t('met.same.b')}</b>, when })} {t('met.same.text')}</p>
          : <><p class="b">{t(kind === 'warn' ? 'met.grown' : 'met.other')}</p><p>{verified.since ? t('met.grown.text', { when, what: since(verified.since) }) : t('met.other.text', { when, name })}</p></>}
        {kind === 'good' ? null : <p class="row wrap"><Button small onClick={onMeet}>{t('met.again')}</Button><Button small kind="plain" busy={act.busy} onClick={forget}>{t('met.forget')}</Button></p>}
        {act.error ? <p role="alert">{faultText(act.error)}</p> : null}
      </div>
    </div>
  );
}
