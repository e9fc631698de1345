import type { ComponentType } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Image, PostItem } from '@commonhold/sdk';
import { Icon } from '../components/Icon.tsx';
import { t as all } from '../i18n/index.ts';
import { toast } from '../state/toast.ts';
import { shownOf, type Place, type Shown } from './address.ts';
import { moves, placeholder } from './thumb.ts';
import { t } from './words.ts';

/** How wide a picture stands on the page, so that a browser fetches no more than it needs. */
const SIZES = { one: '(min-width: 48rem) 35rem, 92vw', many: '(min-width: 48rem) 18rem, 46vw' } as const;

/** Width over height of a picture that stands alone: what is very tall or very wide is cut, and whole when it is opened. */
const ratioOf = ({ image: { width, height } }: Shown): string => String(Math.min(3, Math.max(0.8, width / height)));

function label({ image }: Shown, n: number, of: number): string {
  if (image.alt) return t(moves(image) ? 'open.moving' : 'open', { alt: image.alt });
  return t(moves(image) ? 'open.moving.bare' : 'open.bare', { n, of });
}

const widthOf = ({ image: { width, height } }: Shown): number => Math.round(width * Math.min(1, 640 / Math.max(width, height)));

/** One picture in its frame: its colours first, then itself; nothing on the page moves when it comes. */
function Frame({ shown, n, of, onOpen }: { shown: Shown; n: number; of: number; onOpen: () => void }) {
  const [state, setState] = useState<'coming' | 'there' | 'failed'>('coming');
  const { image, full, small } = shown;
  const still = moves(image) || small === full;
  if (state === 'failed') {
    return <button type="button" class="frame failed" onClick={() => setState('coming')}><Icon name="retry" /><span>{t('failed')} {all('retry')}</span></button>;
  }
  return (
    <button type="button" class={state === 'there' ? 'frame there' : 'frame'} aria-label={label(shown, n, of)} style={state === 'there' ? {} : placeholder(image)} onClick={onOpen}>
      <img src={small} srcset={still ? undefined : `${small} ${widthOf(shown)}w, ${full} ${image.width}w`} sizes={of === 1 ? SIZES.one : SIZES.many} alt="" width={image.width} height={image.height}
        loading="lazy" decoding="async" draggable={false} onLoad={() => setState('there')} onError={() => setState('failed')} />
      {moves(image) ? <span class="badge moving"><Icon name="play" size="s" />{t('moving')}</span> : null}
    </button>
  );
}

type ViewerProps = { pictures: readonly Shown[]; first: number; onClose: () => void };
let fetched: ComponentType<ViewerProps> | null = null;

/** The viewer, fetched when the first picture is opened. */
function useViewer() {
  const [at, setAt] = useState<number | null>(null);
  const open = (n: number) => {
    if (fetched) { setAt(n); return; }
    import('./Viewer.tsx').then(({ Viewer }) => { fetched = Viewer; setAt(n); }, () => toast(t('viewer.failed'), { label: all('retry'), run: () => open(n) }));
  };
  return { at, open, close: () => setAt(null) };
}

/** The one to four pictures that a record names; each opens over the page, and says what is in it when asked. */
export function Pictures({ place, images }: { place: Place; images: readonly Image[] | undefined }) {
  const pictures = shownOf(place, images);
  const { at, open, close } = useViewer();
  const [told, setTold] = useState<number | null>(null);
  const words = useId();
  if (pictures.length === 0) return null;
  const Viewer = fetched;
  const alt = told === null ? undefined : pictures[told]?.image.alt;
  return (
    <figure class="pictures" aria-label={t('group', { n: pictures.length })}>
      <div class={`gallery n${pictures.length}`} style={pictures.length === 1 ? { aspectRatio: ratioOf(pictures[0]!) } : {}}>
        {pictures.map((shown, i) => (
          <div class="cell" key={shown.full}>
            <Frame shown={shown} n={i + 1} of={pictures.length} onOpen={() => open(i)} />
            {shown.image.alt ? (
              <button type="button" class="alt" aria-label={t('alt.show', { n: i + 1 })} aria-expanded={told === i ? 'true' : 'false'} aria-controls={words} onClick={() => setTold(told === i ? null : i)}><span class="badge">{t('alt')}</span></button>
            ) : null}
          </div>
        ))}
      </div>
      <figcaption id={words} hidden={alt === undefined} dir="auto">{alt}</figcaption>
      {Viewer && at !== null ? <Viewer pictures={pictures} first={at} onClose={close} /> : null}
    </figure>
  );
}

/** The pictures of a post. */
export const Gallery = ({ item: { persona, key, body: { images } } }: { item: PostItem }) => <Pictures place={{ persona, key, collection: 'posts' }} images={images} />;
