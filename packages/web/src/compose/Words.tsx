import type { ComponentType, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CompletionProps } from './complete/Completion.tsx';

interface WordsProps {
  value: string; label: string; hint: string; id?: string | undefined; focus?: boolean | undefined; tooLong: boolean; describedBy?: string | undefined;
  field?: RefObject<HTMLTextAreaElement | null>; onInput: (text: string) => void; onKeyDown?: (event: KeyboardEvent) => void;
}

/* What makes it worth fetching the suggestions: somebody, a tag, or an emoji is being named. */
const NAMING = /(?:^|[^\p{L}\p{N}_])[@#:]\S*$/u;
type Completion = ComponentType<CompletionProps>;
let fetched: Promise<Completion> | null = null;

/** Where the words of a post are typed. People, tags and emoji are suggested while they are named. */
export function Words({ value, label, hint, id, focus, tooLong, describedBy, field, onInput, onKeyDown }: WordsProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const area = field ?? own;
  const [Suggest, set] = useState<Completion | null>(null);
  useEffect(() => { if (focus) area.current?.focus({ preventScroll: true }); }, [focus]);
  const typed = (text: string) => {
    onInput(text);
    if (Suggest || !NAMING.test(text.slice(0, area.current?.selectionStart))) return;
    fetched ??= import('./complete/Completion.tsx').then((found) => found.Completion);
    // Without the network there are no suggestions; the next try may find them.
    fetched.then((found) => set(() => found), () => { fetched = null; });
  };
  return (
    <div class="words-field">
      <textarea ref={area} id={id} rows={1} dir="auto" aria-label={label} placeholder={hint} value={value} aria-invalid={tooLong ? 'true' : undefined} aria-describedby={describedBy}
        onInput={(event) => typed(event.currentTarget.value)} onKeyDown={onKeyDown} />
      {Suggest ? <Suggest area={area} value={value} onPick={onInput} /> : null}
    </div>
  );
}
