import { useLocation } from 'preact-iso';
import type { PostItem } from '@commonhold/sdk';
import { Face } from '../components/face/Face.tsx';
import { Icon } from '../components/Icon.tsx';
import { Gallery } from '../pictures/Gallery.tsx';
import { isGone } from '../state/gone.ts';
import { idOf } from '../state/merge.ts';
import { known } from '../state/people.ts';
import { myPersona } from '../state/session.ts';
import { cutTagTail } from '../words/tagTail.ts';
import { addressOf, homeOf, Linked, nameOf, When } from './parts.tsx';
import { Veil } from './Veil.tsx';
import { warnedBy } from './warned.ts';
import { t } from './words.ts';

/** What a quoted post has besides words, in words. */
function Besides({ item: { body } }: { item: PostItem }) {
  const notes = [
    ...(body.poll ? [t('quote.poll', { n: body.poll.options.length })] : []),
    ...(body.quote ? [t('quote.deeper', { name: nameOf(body.quote.persona) })] : []),
  ];
  return notes.length ? <p class="t-13 dim">{notes.join(' · ')}</p> : null;
}

function Said({ item }: { item: PostItem }) {
  const { words, tags } = cutTagTail(item.body.text);
  const text = words.trim() === '' ? tags.join(' ') : words;
  return <>{text ? <p class="text clipped" dir="auto" lang={item.body.lang}><Linked item={item} text={text} /></p> : null}<Gallery item={item} /><Besides item={item} /></>;
}

/** Where the quoted post should be, and why it may not be. */
const NotHere = ({ words }: { words: string }) => <p class="missing"><Icon name="quote" /><span>{words}</span></p>;

function Shown({ item }: { item: PostItem }) {
  const { route } = useLocation();
  const open = (event: MouseEvent) => {
    event.stopPropagation();
    if (event.button === 0 && !(event.target as Element).closest('a, button, dialog') && !getSelection()?.toString()) route(addressOf(item));
  };
  const { body } = item;
  return (
    <section class="quoted" aria-label={t('quote.by', { name: nameOf(item.persona) })} onClick={open}>
      <p class="quoted-by"><Face persona={item.persona} size={24} /><a class="who" href={homeOf(item.persona)} dir="auto">{nameOf(item.persona)}</a><span class="handle">@{known.value[item.persona]?.handle}</span><When item={item} /></p>
      {body.warning ? <Veil name={`warning:${idOf(item)}`} title={body.warning} why={warnedBy(item)}><Said item={item} /></Veil> : <Said item={item} />}
    </section>
  );
}

/** The post that a post quotes: its words, or who took it back, or that it is not here. */
export function Quote({ item }: { item: PostItem }) {
  const ref = item.body.quote;
  if (!ref || !item.quoted) return null;
  const name = nameOf(ref.persona);
  if (item.quoted.state === 'shown' && !isGone(ref)) return <Shown item={item.quoted.item} />;
  const withdrawn = ref.persona === myPersona.value ? 'quote.withdrawn.mine' : 'quote.withdrawn';
  const hidden = known.value[ref.persona] ? 'quote.hidden' : 'quote.hidden.someone';
  return <NotHere words={t(item.quoted.state === 'withdrawn' ? withdrawn : hidden, { name })} />;
}
