import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import type { Audience, PostItem, Ref } from '@commonhold/sdk';
import { Button } from '../components/Button.tsx';
import { Face } from '../components/face/Face.tsx';
import { Icon } from '../components/Icon.tsx';
import { Note } from '../components/Note.tsx';
import { t } from '../i18n/index.ts';
import { me } from '../state/session.ts';
import { AudienceMenu } from './AudienceMenu.tsx';
import { countLeft } from './count.ts';
import { drafts } from './drafts.ts';
import { send, sendingOf } from './send.ts';

interface ComposerProps {
  /** `post`, or `reply:<persona>/<key>`: each has a draft of its own. */
  context: string;
  label: string; hint: string; verb: string;
  replyTo?: Ref;
  /** A reply is as wide as what it answers. */
  fixed?: Audience;
  focus?: boolean; id?: string; extra?: ComponentChildren;
  onSent?: (item: PostItem) => void;
}

/* The counter keeps quiet until it is of use. */
const SPEAK_AT = 80;

function Left({ left }: { left: number }) {
  if (left > SPEAK_AT) return null;
  const words = left < 0 ? t('compose.over', { n: -left }) : t('compose.left', { n: left });
  return <span class={left < 0 ? 'left over' : 'left'} title={words}><span aria-hidden="true">{left}</span><span class="vh" role="status">{words}</span></span>;
}

const fixedWords = (audience: Audience) => t(audience === 'house' ? 'thread.audience.house' : 'thread.audience.everyone');

/** Where posts and replies are written. The audience stands in words before and while typing; drafts stay. */
export function Composer({ context, label, hint, verb, replyTo, fixed, focus, id, extra, onSent }: ComposerProps) {
  const who = me.value;
  const persona = who?.persona ?? '';
  const draft = useMemo(() => drafts.get(persona, context, fixed ?? 'house'), [persona, context]);
  const { busy, fault } = sendingOf(context).value;
  const field = useRef<HTMLTextAreaElement>(null);
  const errorId = useId();
  useEffect(() => { if (focus) field.current?.focus({ preventScroll: true }); }, [focus]);
  const { text, audience } = draft.value;
  const left = countLeft(text, who?.postLimit ?? 500);
  const ready = text.trim() !== '' && left >= 0;
  const go = async () => {
    if (!ready || busy) return;
    const item = await send(persona, context, replyTo);
    if (item) onSent?.(item);
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
      <div class="bar">
        {fixed
          ? <span class="audience"><span class={`trust ${fixed}`}><Icon name={fixed === 'house' ? 'home' : 'globe'} />{fixedWords(fixed)}</span></span>
          : <AudienceMenu audience={audience} onChange={(next) => drafts.edit(persona, context, { audience: next })} />}
        <Left left={left} />
        {extra}
        <Button kind="fill" type="submit" busy={busy} disabled={!ready}>{verb}</Button>
      </div>
    </form>
  );
}
