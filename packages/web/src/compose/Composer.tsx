import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { Audience, PostItem, Ref } from '@commonhold/sdk';
import { WritingAs } from '../app/Accounts.tsx';
import { Button } from '../components/Button.tsx';
import { Face } from '../components/face/Face.tsx';
import { Icon } from '../components/Icon.tsx';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';
import { nameOf } from '../posts/parts.tsx';
import { DraftPictures, isSending } from '../pictures/DraftPictures.tsx';
import { PictureButton } from '../pictures/PictureButton.tsx';
import { isGuest, me, myPersona } from '../state/session.ts';
import { AUDIENCES, SIGN } from '../words/audience.ts';
import { answerTo, quoteOf, type AnswerTo } from './answer.ts';
import { AudienceMenu } from './AudienceMenu.tsx';
import { countLeft } from './count.ts';
import type { Change, Draft, Written } from './draft.ts';
import { drafts, shelf } from './drafts.ts';
import { keepAudience, lastAudience, lastLanguage } from './last.ts';
import { Left } from './Left.tsx';
import { isReady } from './ready.ts';
import { resume, send, sendAgain } from './send.ts';
import { faultOf, showing } from './sending.ts';
import { Tools } from './Tools.tsx';
import { useRest } from './useRest.ts';
import { Words } from './Words.tsx';

interface ComposerProps {
  /** `post`, or `reply:<persona>/<key>`: each has a draft of its own. */
  context: string;
  label: string; hint: string; verb: string;
  /** The post that is answered: an answer never reaches further than it does. */
  answers?: PostItem;
  /** The post that is quoted: what quotes it never reaches further than it does. */
  quotes?: PostItem;
  focus?: boolean; id?: string; extra?: ComponentChildren;
  /** Called when the words have left the composer: they are on their way. */
  onLeft?: () => void;
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

const refOf = ({ persona, key }: PostItem): Ref => ({ persona, key });

/** The draft of a composer, and what it answers or quotes. A draft is never for people whom its answer, or its quote, may not reach. */
function useDraft(persona: string, context: string, { answers, quotes }: Pick<ComposerProps, 'answers' | 'quotes'>) {
  const to = useMemo(() => (answers ? answerTo(answers) : quotes ? quoteOf(quotes, lastAudience(shelf, persona)) : null), [answers, quotes]);
  const draft = useMemo(() => {
    const lang = lastLanguage(shelf, persona);
    const found = drafts.get(persona, context, to ? to.first : lastAudience(shelf, persona) ?? 'house', {
      ...(lang ? { lang } : {}), ...(answers ? { replyTo: refOf(answers) } : {}), ...(quotes ? { quote: refOf(quotes) } : {}),
    });
    if (to && !to.choices.includes(found.peek().audience)) drafts.edit(persona, context, { audience: to.first });
    return found;
  }, [persona, context, to]);
  const edit = (change: Change) => drafts.edit(persona, context, change);
  return { draft, to, edit };
}

/** Why the last try did not go out, and what can be done. */
function Said({ id, persona, context }: { id: string; persona: string; context: string }) {
  const fault = faultOf(context).value;
  if (!fault) return null;
  return <div class="said" id={id}><Note kind="bad" icon="away" alert action={{ label: t(`compose.${fault.as}`), run: () => sendAgain(persona, context, fault) }}>{fault.text}</Note></div>;
}

const withImages = ({ images: _images, ...part }: Written, images: Written['images']): Written => (images ? { ...part, images } : part);

/** Where posts, replies and quotes are written; for whoever only looks around, words instead. */
export const Composer = (props: ComposerProps) => (isGuest.value
  ? <div class="stack tight"><Note kind="plain" icon="eye">{t('look.around')}</Note>{props.extra}</div> : <Writer {...props} />);

/* The audience stands in words before and while typing; drafts stay. */
function Writer({ context, label, hint, verb, answers, quotes, focus, id, extra, onLeft }: ComposerProps) {
  const persona = myPersona.value ?? '';
  const { draft, to, edit } = useDraft(persona, context, { answers, quotes });
  const field = useRef<HTMLTextAreaElement>(null);
  const errorId = useId();
  useEffect(() => showing(context), [context]);
  useEffect(() => { if (persona) resume(persona); }, [persona]);
  const now = draft.value;
  // The house gets a copy, quietly: what failed is tried with the next words.
  useEffect(() => { if (now.updatedAt !== (now.saved ?? 0)) void import('./copies.ts').then(({ copySoon }) => copySoon(persona, context), () => undefined); }, [persona, context, now.updatedAt]);
  const { parts: rest, failed, again } = useRest(now);
  const [first, ...others] = now.parts;
  const limit = me.value?.postLimit ?? 500;
  const left = countLeft(first.text, limit);
  // An answer that is kept for few has words alone.
  const few = Boolean(to?.kept);
  const ready = isReady(now, limit, Date.now()) && !isSending(now.id);
  const go = () => {
    if (!isReady(draft.peek(), limit, Date.now()) || isSending(now.id) || !send(persona, context)) return;
    // An answer starts as wide as what it answers; a post, as wide as the one before.
    if (!answers) keepAudience(shelf, persona, now.audience);
    // The part that had the focus may be gone with the words.
    field.current?.focus({ preventScroll: true });
    onLeft?.();
  };
  // A picture may arrive when other words stand here, or nothing of this post does any more.
  const setImages = (at: number, images: Written['images']) => {
    const { id: there, parts } = draft.peek();
    if (there === now.id && parts[at]) edit({ parts: parts.with(at, withImages(parts[at], images)) as unknown as Draft['parts'] });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) { event.preventDefault(); go(); }
  };
  return (
    <form class="composer" aria-label={label} onSubmit={(event) => { event.preventDefault(); go(); }}>
      <Face persona={persona} />
      <div class="first">
        {rest ? <rest.Above draft={now} edit={edit} /> : null}
        <Words field={field} id={id} focus={focus} label={label} hint={hint} value={first.text} tooLong={left < 0} describedBy={faultOf(context).value ? errorId : undefined}
          onInput={(text) => edit({ parts: [{ ...first, text }, ...others] })} onKeyDown={onKeyDown} />
      </div>
      {few ? null : <DraftPictures draft={now.id} images={first.images} onImages={(images) => setImages(0, images)} />}
      {rest ? <rest.Rest persona={persona} context={context} draft={now} edit={edit} limit={limit} setImages={setImages} quotes={quotes} onKeyDown={onKeyDown} /> : null}
      {failed ? <div class="said"><Note kind="bad" icon="away" alert action={{ label: t('retry'), run: again }}>{t('compose.more.failed')}</Note></div> : null}
      <Said id={errorId} persona={persona} context={context} />
      <WritingAs />
      {to?.kept ? <KeptWhere kept={to.kept} /> : null}
      <div class="bar">
        <Who audience={now.audience} answers={answers} to={to} onChange={(audience) => edit({ audience })} />
        <Left left={left} />
        {few ? null : <PictureButton />}
        <Tools persona={persona} context={context} draft={now} edit={edit} field={field} few={few} />
        {extra}
        <Button kind="fill" type="submit" disabled={!ready}>{now.due === undefined ? verb : t('compose.later')}</Button>
      </div>
    </form>
  );
}
