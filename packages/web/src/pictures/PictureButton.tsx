import { useRef } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import { ACCEPT, CHOSEN, TAKING } from './picked.ts';
import { t } from './words.ts';

/** Opens the files of this machine; stands anywhere in the form of the post, or in a part with pictures of its own; the `PickPictures` there takes what is chosen. `of`: which post of several. */
export function PictureButton({ disabled, of }: { disabled?: boolean; of?: number }) {
  const label = of === undefined ? t('add') : t('add.to', { n: of });
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="icon-btn" aria-label={label} title={label} aria-disabled={disabled ? 'true' : undefined} onClick={() => { if (!disabled) input.current?.click(); }}><Icon name="image" /></button>
      <input ref={input} type="file" hidden multiple accept={ACCEPT} aria-label={label} onChange={(event) => {
        const { currentTarget: chosen } = event;
        chosen.closest(TAKING)?.dispatchEvent(new CustomEvent<File[]>(CHOSEN, { detail: [...chosen.files ?? []] }));
        chosen.value = '';
      }} />
    </>
  );
}
