import type { RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { tagsIn } from '@commonhold/core';
import { Face } from '../../components/face/Face.tsx';
import { emojiHere, needEmoji } from './emoji.ts';
import { homeFeed, houseFeed } from '../../state/feed.ts';
import { directory, needPeople } from '../../state/people.ts';
import { myPersona } from '../../state/session.ts';
import { t } from '../rest/words.ts';
import { matchEmoji, matchPeople, matchTags, namingAt, withNamed, type Naming } from './match.ts';
import './complete.css';

/** `area` is where it is typed, `value` what stands there, `onPick` takes the text with what was picked. */
export interface CompletionProps { area: RefObject<HTMLTextAreaElement | null>; value: string; onPick: (text: string) => void }

/** What may be picked: the words that it writes, and how it is shown. */
interface Choice { key: string; words: string; face?: string; sign?: string; name: string; more?: string }

/** The tags of the posts that this page has shown, a tag for each use. */
const tagsHere = (): string[] => [homeFeed(), houseFeed()].flatMap((feed) => feed.items.peek() ?? []).flatMap((item) => tagsIn(item.body.text));

function choicesFor({ sign, query }: Naming): Choice[] {
  if (sign === ':') return matchEmoji(emojiHere.value, query).map(({ emoji: one, name }) => ({ key: one, words: one, sign: one, name }));
  if (sign === '#') return matchTags(tagsHere(), query).map((tag) => ({ key: tag, words: `#${tag}`, sign: '#', name: tag }));
  const others = (directory.value ?? []).filter(({ persona }) => persona !== myPersona.value);
  return matchPeople(others, query).map((person) => ({ key: person.persona, words: `@${person.handle}`, face: person.persona, name: person.petname ?? person.name, more: `@${person.handle}` }));
}

/** What is being named at the caret; null while nothing is, or it was waved away with Esc. */
function useNaming(area: RefObject<HTMLTextAreaElement | null>, value: string) {
  const [naming, set] = useState<Naming | null>(null);
  const shut = useRef<number | null>(null);
  const look = () => {
    const field = area.current;
    const here = field && document.activeElement === field && field.selectionStart === field.selectionEnd ? namingAt(field.value, field.selectionStart) : null;
    if (here?.from !== shut.current) shut.current = null;
    set(shut.current === null ? here : null);
  };
  useLayoutEffect(look, [value]);
  useEffect(() => {
    const field = area.current;
    const away = () => set(null);
    for (const name of ['click', 'keyup', 'focus']) field?.addEventListener(name, look);
    field?.addEventListener('blur', away);
    return () => {
      for (const name of ['click', 'keyup', 'focus']) field?.removeEventListener(name, look);
      field?.removeEventListener('blur', away);
    };
  }, []);
  const close = () => {
    shut.current = naming?.from ?? null;
    set(null);
  };
  return { naming, close };
}

/** Tells whoever reads the field aloud of its list. */
function useSpoken(area: RefObject<HTMLTextAreaElement | null>, list: string | null, active: string | null): void {
  useLayoutEffect(() => {
    const field = area.current;
    if (!field || !list) return;
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', list);
    if (active) field.setAttribute('aria-activedescendant', active);
    return () => { for (const name of ['aria-controls', 'aria-activedescendant']) field.removeAttribute(name); };
  }, [list, active]);
}

/** Suggestions under a field while somebody, a tag or an emoji is being named. Arrows choose, Enter and Tab take, Esc waves away; or a tap. */
export function Completion({ area, value, onPick }: CompletionProps) {
  const { naming, close } = useNaming(area, value);
  const [at, setAt] = useState(0);
  const listId = useId();
  const asked = naming ? naming.sign + naming.query : null;
  useEffect(() => {
    if (naming?.sign === '@') needPeople();
    if (naming?.sign === ':') needEmoji();
  }, [naming?.sign]);
  useLayoutEffect(() => setAt(0), [asked]);
  const choices = naming ? choicesFor(naming) : [];
  const chosen = choices[Math.min(at, choices.length - 1)];
  const pick = (choice: Choice) => {
    if (!naming) return;
    const next = withNamed(area.current?.value ?? value, naming, choice.words);
    onPick(next.text);
    requestAnimationFrame(() => { area.current?.focus(); area.current?.setSelectionRange(next.caret, next.caret); });
  };
  useEffect(() => {
    const field = area.current;
    const onKey = (event: KeyboardEvent) => {
      if (!chosen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setAt((choices.indexOf(chosen) + step + choices.length) % choices.length);
      else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) pick(chosen);
      else if (event.key === 'Escape') close();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    field?.addEventListener('keydown', onKey, { capture: true });
    return () => field?.removeEventListener('keydown', onKey, { capture: true });
  });
  useSpoken(area, choices.length ? listId : null, chosen ? `${listId}-${choices.indexOf(chosen)}` : null);
  return (
    <>
      <span class="vh" role="status">{naming && choices.length ? t('complete.count', { n: choices.length }) : ''}</span>
      {choices.length ? (
        <ul class="complete" role="listbox" id={listId} aria-label={t('complete')}>
          {choices.map((choice, n) => (
            <li key={choice.key} role="option" id={`${listId}-${n}`} aria-selected={choice === chosen ? 'true' : 'false'}
              onPointerDown={(event) => event.preventDefault()} onClick={() => pick(choice)}>
              {choice.face ? <Face persona={choice.face} size={32} /> : <span class="sign" aria-hidden="true">{choice.sign}</span>}
              <span class="grow clip1" dir="auto">{choice.name}</span>{choice.more ? <span class="dim clip1">{choice.more}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
