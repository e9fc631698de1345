import { useState } from 'preact/hooks';
import type { Token } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { Failed, faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { locale } from '../../i18n/index.ts';
import { client } from '../../state/client.ts';
import { toast } from '../../state/toast.ts';
import { useAct } from '../parts/useAct.ts';
import { useLoad } from '../parts/useLoad.ts';
import { whenText } from '../parts/when.ts';
import { MakeToken } from './MakeToken.tsx';
import { t } from './selfWords.ts';

const KNOWN = ['microblog', 'people', 'news'] as const;
const nameOf = (service: string): string => {
  const known = KNOWN.find((one) => one === service);
  return known ? t(`tokens.of.${known}`) : service;
};

/* What a key may do, in words. */
function may({ services, write }: Token): string {
  const what = services === null ? t('tokens.all') : new Intl.ListFormat(locale).format(services.map(nameOf));
  return t(write ? 'tokens.write' : 'tokens.read', { what });
}

const when = (ms: number): string => whenText(ms, Date.now(), locale);

function Row({ token, onEnded }: { token: Token; onEnded: () => void }) {
  const act = useAct();
  const { id, label, used, expires } = token;
  const end = () => act.run(async () => {
    await client.me.endToken(id);
    toast(t('tokens.ended', { name: label }));
    onEnded();
    document.getElementById('tokens')?.focus({ preventScroll: true });
  });
  return (
    <li>
      <span class="svc"><Icon name="key" /></span>
      <div class="grow">
        <p class="b clip1" dir="auto">{label}</p>
        <p class="t-14 dim">{may(token)} · {used === null ? t('tokens.unused') : t('tokens.used', { when: when(used) })}{expires === null ? '' : ` · ${t('tokens.until', { when: when(expires) })}`}</p>
        {act.error ? <Note kind="bad" alert>{faultText(act.error)}</Note> : null}
      </div>
      <Button small busy={act.busy} label={t('tokens.end.name', { name: label })} onClick={end}>{t('tokens.end')}</Button>
    </li>
  );
}

/** Keys for one's own scripts: what each may do, when it was last used, and the end of it. */
export function Apps() {
  const load = useLoad((signal) => client.me.tokens({ signal }));
  const [making, setMaking] = useState(false);
  if (load.error) return <section class="card"><Failed title={t('tokens.failed')} error={load.error} again={load.again} /></section>;
  const tokens = load.value?.tokens ?? [];
  return (
    <section class="card" aria-labelledby="tokens" aria-busy={load.value ? undefined : 'true'}>
      <div class="head"><h2 class="t-20" id="tokens" tabIndex={-1}>{t('tokens')}</h2></div>
      <p class="lead dim t-14">{t('tokens.text')}</p>
      {tokens.length > 0 ? <ul class="list">{tokens.map((token) => <Row key={token.id} token={token} onEnded={() => load.set({ tokens: tokens.filter((one) => one !== token) })} />)}</ul>
        : load.value ? <p class="body dim">{t('tokens.none')}</p> : null}
      <div class="body"><Button icon="plus" onClick={() => setMaking(true)}>{t('tokens.make')}</Button></div>
      {making ? <MakeToken onClose={() => setMaking(false)} onMade={({ token: _secret, ...made }) => load.set({ tokens: [made, ...tokens] })} /> : null}
    </section>
  );
}
