import { Button } from '../../components/Button.tsx';
import { DraftPictures, isSending } from '../../pictures/DraftPictures.tsx';
import { PictureButton } from '../../pictures/PictureButton.tsx';
import { countLeft } from '../count.ts';
import type { Draft, Written } from '../draft.ts';
import { Left } from '../Left.tsx';
import { asked, type RestProps } from '../parts.ts';
import { MOST } from '../ready.ts';
import { Words } from '../Words.tsx';
import { Take } from './Take.tsx';
import { Warning } from './Warning.tsx';
import { t } from './words.ts';

type Parts = Draft['parts'];

/** The posts of a draft with one of them changed, or taken away. */
export const withPart = (parts: Parts, at: number, part: Written | null): Parts => (part ? parts.with(at, part) : parts.toSpliced(at, 1)) as unknown as Parts;

/** One more post at the end. */
export const withOneMore = (parts: Parts): Parts => [...parts, { text: '' }];

/** The posts after the first, when several go out in one go. */
export function MoreParts({ draft: { id, parts }, edit, limit, setImages, onKeyDown }: Pick<RestProps, 'draft' | 'edit' | 'limit' | 'setImages' | 'onKeyDown'>) {
  if (parts.length < 2) return null;
  return (
    <>
      <ol class="parts" aria-label={t('parts')}>
        {parts.map((part, at) => at === 0 ? null : (
          <li key={at} class="part" data-pictures>
            <span class="part-at"><span aria-hidden="true">{t('parts.at', { at: at + 1, of: parts.length })}</span><PictureButton of={at + 1} /></span>
            <div class="grow">
              {part.warning === undefined ? null : <Warning part={part} onChange={(next) => edit({ parts: withPart(parts, at, next) })} />}
              <Words label={t('parts.label', { at: at + 1, of: parts.length })} hint={t('parts.hint')} value={part.text} tooLong={countLeft(part.text, limit) < 0}
                focus={asked.peek() === 'part' && at === parts.length - 1} onInput={(text) => edit({ parts: withPart(parts, at, { ...part, text }) })} onKeyDown={onKeyDown} />
              <DraftPictures draft={id} part={at} images={part.images} onImages={(images) => setImages(at, images)} />
            </div>
            <Left left={countLeft(part.text, limit)} />
            {/* What is on its way would arrive at the wrong post. */}
            {isSending(id) ? null : <Take label={t('parts.off', { at: at + 1 })} onTake={() => edit({ parts: withPart(parts, at, null) })} />}
          </li>
        ))}
      </ol>
      {parts.length < MOST.parts ? <Button kind="plain" small icon="plus" onClick={() => { asked.value = 'part'; edit({ parts: withOneMore(parts) }); }}>{t('parts.more')}</Button> : null}
    </>
  );
}
