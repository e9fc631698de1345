import type { ApiError } from '@commonhold/sdk';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/Note.tsx';
import { useAct } from '../parts/useAct.ts';
import { t } from '../parts/words.ts';
import { Check } from './Check.tsx';

const SHOWN_MS = 120_000;

interface WordsCardProps {
  title: string; text: string;
  /** `open` = they can be shown here, `written` = on paper, `elsewhere` = this browser does not hold them, `none` = nobody ever showed any. */
  state: 'open' | 'written' | 'elsewhere' | 'none';
  ready: boolean; fault?: ApiError | null;
  /** Another card of the view has the filled button. */
  second?: boolean;
  show: () => Promise<readonly string[]>;
  /** Says that they are on paper; after it they are gone from the machine that held them. */
  written: () => Promise<void>;
  children: ComponentChildren;
}

/** 24 words: hidden, shown for two minutes, then asked for three of them before they are taken away for good. */
export function WordsCard({ title, text, state, ready, fault, second, show, written, children }: WordsCardProps) {
  const id = useId();
  const act = useAct();
  const [words, setWords] = useState<readonly string[] | null>(null);
  const [asking, ask] = useState(false);
  useEffect(() => {
    if (!words || asking) return;
    const timer = setTimeout(() => setWords(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [words, asking]);
  const reveal = (): void => act.run(async () => setWords(await show()));
  const confirm = (): void => act.run(async () => { await written(); ask(false); setWords(null); });
  const error = act.error ?? fault;
  return (
    <section class="card words-card" aria-labelledby={id}>
      <div class="head wrap"><h2 class="t-20 grow" id={id}>{title}</h2>{state === 'written' || state === 'none' ? null : <span class="tag warn"><Icon name="clock" />{t('words.not')}</span>}</div>
      <div class="body stack">
        <p>{text}</p>
        {children}
        {state !== 'open' || !ready ? null
          : asking && words ? <Check words={words} busy={act.busy} onRight={confirm} onBack={() => ask(false)} />
          : words ? <Shown title={title} words={words} onWritten={() => ask(true)} />
          : <Button kind={second ? 'edge' : 'fill'} block icon="eye" busy={act.busy} onClick={reveal}>{t('words.show')}</Button>}
        {error ? <Note kind="bad" alert>{faultText(error)}</Note> : null}
      </div>
    </section>
  );
}

function Shown({ title, words, onWritten }: { title: string; words: readonly string[]; onWritten: () => void }) {
  return (
    <>
      <div class="stack print-only-this">
        <p class="print-title">{title}</p>
        <ol class="words">{words.map((word) => <li>{word}</li>)}</ol>
      </div>
      <Note kind="warn" icon="pen">{t('words.paper')}</Note>
      <div class="pair">
        <Button kind="fill" block onClick={onWritten}>{t('words.wrote')}</Button>
        <Button block onClick={() => print()}>{t('words.print')}</Button>
      </div>
      <p class="hint">{t('words.hide')}</p>
    </>
  );
}
