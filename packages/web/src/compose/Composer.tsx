import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { Audience, PostItem } from '@commonhold/sdk';
import { Button } from '../components/Button.tsx';
import { Face } from '../components/face/Face.tsx';
import { Icon } from '../components/Icon.tsx';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';
import { nameOf } from '../posts/parts.tsx';
import { me, myPersona } from '../state/session.ts';
import { AUDIENCES, SIGN } from '../words/audience.ts';
import { answerTo, type AnswerTo } from './answer.ts';
import { AudienceMenu } from './AudienceMenu.tsx';
import { countLeft } from './count.ts';
import { drafts, shelf } from './drafts.ts';
import { keepAudience, lastAudience } from './lastAudience.ts';
import { Left } from './Left.tsx';
import { send, sendingOf } from './send.ts';

interface ComposerProps {
  /** `post`, or `reply:<persona>/<key>`: each has a draft of its own. */
  context: string;
  label: string; hint: string; verb: string;
  /** The post that is answered: an answer never reaches further than it does. */
  answers?: PostItem;
  focus?: boolean; id?: string; extra?: ComponentChildren;
  onSent?: (item: PostItem) => void;
}

/** Where an answer to a post for few goes, in words: nobody but the one who keeps it decides who reads it. */
function KeptWhere({ kept: { by, audience } }: { kept: NonNullable<AnswerTo['kept']> }) {
  const mine = by === myPersona.value;
  return <p class="kept-where"><Icon name={SIGN[audience].icon} size="s" /><span>{mine ? t(`reply.kept.mine.${audience}`) : t(`reply.kept.${audience}`, { name: nameOf(by) })}</span></p>;
}

/** Who can read it: to be chosen where there is a choice, in words where there is none. */
function Who({ audience, answers, to, onChange }: { audience: Audience; answers: PostItem | undefined; to: AnswerTo | null; onChange: (audience: Audience) => void }) {
  if (!to) return <AudienceMenu audience={audience} choices={AUDIENCES} onChange={onChange} />;
  const like = answers && audience === answers.audience ? t(`thread.audience.${audience}`) : undefined;
  if (to.choices.length > 1) return <AudienceMenu audience={audience} choices={to.choices} {...(like ? { words: like } : {})} onChange={onChange} />;
  const shown = to.kept?.audience ?? audience;
  return <span class="audience"><span class={`trust ${SIGN[shown].tone}`}><Icon name={SIGN[shown].icon} />{t(`thread.audience.${shown}`)}</span></span>;
}

/** The draft of a composer, and what it answers. A draft is never for people whom its answer may not reach. */
function useDraft(persona: string, context: string, answers: PostItem | undefined) {
  const to = useMemo(() => (answers ? answerTo(answers) : null), [answers]);
  const draft = useMemo(() => {
    const found = drafts.get(persona, context, to ? to.first : lastAudience(shelf, persona) ?? 'house');
    if (to && !to.choices.includes(found.peek().audience)) drafts.edit(persona, context, { audience: to.first });
    return found;
  }, [persona, context, to]);
  return { draft, to };
}

/** Where posts and replies are written. The audience stands in words before and while typing; drafts stay. */
export function Composer({ context, label, hint, verb, answers, focus, id, extra, onSent }: ComposerProps) {
  const who = me.value;
  const persona = who?.persona ?? '';
  const { draft, to } = useDraft(persona, context, answers);
  const { busy, fault } = sendingOf(context).value;
  const field = useRef<HTMLTextAreaElement>(null);
  const errorId = useId();
  useEffect(() => { if (focus) field.current?.focus({ preventScroll: true }); }, [focus]);
  const { text, audience } = draft.value;
  const left = countLeft(text, who?.postLimit ?? 500);
  const ready = text.trim() !== '' && left >= 0;
  const go = async () => {
    if (!ready || busy) return;
    const item = await send(persona, context, answers && { persona: answers.persona, key: answers.key });
    if (!item) return;
    // An answer starts as wide as what it answers; a post, as wide as the one before.
    if (!answers) keepAudience(shelf, persona, audience);
    onSent?.(item);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); void go(); }
  };
  return (
    <form class="composer" aria-label={label} onSubmit={(event) => { event.preventDefault(); void go(); }}>
      <Face persona={persona} />
      <textarea ref={field} id={id} rows={1} dir="auto" aria-label={label} placeholder={hint} value={text} aria-invalid={left < 0 ? 'true' : undefined} aria-describedby={fault ? errorId : undefined}
        onInput={(event) => drafts.edit(persona, context, { text: event.currentTarget.value })} onKeyDown={onKeyDown} />
      {fault ? <div class="said" id={errorId}><Note kind="bad" icon="away" alert action={{ label: t('compose.again'), run: () => void go() }}>{fault}</Note></div> : null}
      {to?.kept ? <KeptWhere kept={to.kept} /> : null}
      <div class="bar">
        <Who audience={audience} answers={answers} to={to} onChange={(next) => drafts.edit(persona, context, { audience: next })} />
        <Left left={left} />
        {extra}
        <Button kind="fill" type="submit" busy={busy} disabled={!ready}>{verb}</Button>
      </div>
    </form>
  );
}
