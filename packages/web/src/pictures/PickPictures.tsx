import './pick.css';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import { IconButton } from '../components/Button.tsx';
import { Note } from '../components/Note.tsx';
import { add, CHOSEN, TAKING, describe, move, previewOf, remove, send, type Held, type Picture } from './picked.ts';
import { addressIn, type Place } from './address.ts';
import { placeholder } from './thumb.ts';
import { t } from './words.ts';

const filesIn = (from: DataTransfer | null): File[] => [...from?.files ?? []];
const isFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** Takes what is chosen, pasted and dropped anywhere in the form, or in the part of it that holds these pictures; answers whether files are held over it. */
function useTaking(place: { current: HTMLElement | null }, take: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const form = place.current?.closest<HTMLElement>(TAKING);
    if (!form) return;
    const chosen = (event: Event) => latest.current((event as CustomEvent<File[]>).detail);
    const pasted = (event: ClipboardEvent) => { const files = filesIn(event.clipboardData); if (files.length > 0 && !event.defaultPrevented) { event.preventDefault(); latest.current(files); } };
    // A part within takes what is held over it.
    const held = (event: DragEvent) => { if (isFiles(event)) { setOver(!event.defaultPrevented); event.preventDefault(); } };
    const left = (event: DragEvent) => { if (!form.contains(event.relatedTarget as Node | null)) setOver(false); };
    const dropped = (event: DragEvent) => { setOver(false); if (isFiles(event) && !event.defaultPrevented) { event.preventDefault(); latest.current(filesIn(event.dataTransfer)); } };
    const heard = [[CHOSEN, chosen], ['paste', pasted], ['dragenter', held], ['dragover', held], ['dragleave', left], ['drop', dropped]] as [string, (event: Event) => void][];
    for (const [name, hear] of heard) form.addEventListener(name, hear);
    return () => { for (const [name, hear] of heard) form.removeEventListener(name, hear); };
  }, []);
  return over;
}

interface RowProps { picture: Picture; held: Held; n: number; of: number; disabled: boolean; at: Place | undefined; onMoved: (n: number) => void }

function How({ picture: { id, state, progress, fault, final }, held, n }: Pick<RowProps, 'picture' | 'held' | 'n'>) {
  if (state === 'failed') return <div class="how bad" role="alert"><p>{t('not.sent')} {fault}</p>{final
    ? <button type="button" class="btn sm" onClick={() => remove(held, id)}>{t('leave')}</button>
    : <button type="button" class="btn sm" onClick={() => void send(held, id)}><Icon name="retry" size="s" />{t('again')}</button>}</div>;
  if (state === 'sent') return null;
  const words = progress < 1 ? t('sending', { n, percent: Math.round(progress * 100) }) : t('making', { n });
  return <progress class="how" aria-label={words} {...(progress < 1 ? { value: progress } : {})} max={1} />;
}

/** The picture itself: from this machine, or from what names it; its colours where there is neither. */
function Preview({ picture, at }: { picture: Picture; at: Place | undefined }) {
  const { image } = picture;
  const [failed, setFailed] = useState(false);
  const src = previewOf(picture) ?? (at && image ? addressIn(at, image.small ?? image.full) : undefined);
  return <span class="preview" style={image ? placeholder(image) : {}}>{src && !failed ? <img src={src} alt="" draggable={false} onError={() => setFailed(true)} /> : null}</span>;
}

/** One picture on its way: what it is, what is in it, where it stands. */
function Row({ picture, held, n, of, disabled, at, onMoved }: RowProps) {
  const field = useId();
  const to = (place: number) => { move(held, picture.id, place); onMoved(place + 1); };
  return (
    <li class="picked" draggable={!disabled && of > 1} onDragStart={(event) => event.dataTransfer?.setData('text/x-picture', String(picture.id))}
      onDragOver={(event) => { if (event.dataTransfer?.types.includes('text/x-picture')) event.preventDefault(); }}
      onDrop={(event) => { const id = Number(event.dataTransfer?.getData('text/x-picture')); if (id) { event.preventDefault(); move(held, id, n - 1); onMoved(n); } }}>
      <div class="place">
        <Preview picture={picture} at={at} />
        {of > 1 ? <div class="order">
          {n > 1 ? <IconButton icon="rise" label={t('earlier', { n })} onClick={() => to(n - 2)} /> : null}
          {n < of ? <IconButton icon="down" label={t('later', { n })} onClick={() => to(n)} /> : null}
        </div> : null}
      </div>
      <div class="say">
        {picture.final ? <p class="b clip1">{picture.file?.name}</p> : <label for={field}>{t('what', { n })}</label>}
        {picture.final ? null : <textarea id={field} rows={2} maxLength={1500} dir="auto" placeholder={t('what.hint')} value={picture.alt} onInput={(event) => describe(held, picture.id, event.currentTarget.value)} />}
        <How picture={picture} held={held} n={n} />
      </div>
      <IconButton icon="close" label={t('remove', { n })} onClick={() => remove(held, picture.id)} />
    </li>
  );
}

/**
 * The pictures of a post being written, inside its form: chosen with `PictureButton`, pasted or dropped; each asks what is in it, shows
 * how far it is, can be sent again, moved with buttons or by hand, and taken away. `onChange` hears of every step, also after the form is
 * gone. `at`: the record that names those that were sent before.
 */
export function PickPictures({ pictures, onChange, disabled = false, at }: { pictures: readonly Picture[]; onChange: (next: readonly Picture[]) => void; disabled?: boolean; at?: Place }) {
  const place = useRef<HTMLDivElement>(null);
  const now = useRef({ pictures, onChange });
  now.current = { pictures, onChange };
  const held = useMemo<Held>(() => ({ get: () => now.current.pictures, set: (next) => { now.current.pictures = next; now.current.onChange(next); } }), []);
  const [told, setTold] = useState('');
  const over = useTaking(place, (files) => { if (!disabled) add(held, files); });
  const bare = pictures.filter(({ alt, final }) => alt.trim() === '' && !final).length;
  return (
    <div class={over ? 'pictured over' : 'pictured'} ref={place}>
      {over ? <p class="drop-here" aria-hidden="true"><Icon name="image" />{t('drop')}</p> : null}
      {pictures.length > 0 ? (
        <>
          <ul aria-label={t('list')}>
            {pictures.map((picture, i) => <Row key={picture.id} picture={picture} held={held} n={i + 1} of={pictures.length} disabled={disabled} at={at} onMoved={(n) => setTold(t('moved', { n }))} />)}
          </ul>
          {bare > 0 ? <Note kind="plain" icon="eye">{t('remind', { n: bare })}</Note> : null}
          <p class="stripped"><Icon name="shield" size="s" />{t('stripped')}</p>
        </>
      ) : null}
      <p class="vh" role="status">{told}</p>
    </div>
  );
}
