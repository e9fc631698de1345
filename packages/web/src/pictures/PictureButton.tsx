import { useRef } from 'preact/hooks';
import { Icon } from '../components/Icon.tsx';
import { ACCEPT, CHOSEN } from './picked.ts';
import { t } from './words.ts';

/** Opens the files of this machine; stands anywhere in the form of the post, whose `PickPictures` takes what is chosen. */
export function PictureButton({ disabled }: { disabled?: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="icon-btn" aria-label={t('add')} title={t('add')} aria-disabled={disabled ? 'true' : undefined} onClick={() => { if (!disabled) input.current?.click(); }}><Icon name="image" /></button>
      <input ref={input} type="file" hidden multiple accept={ACCEPT} aria-label={t('add')} onChange={(event) => {
        const { currentTarget: chosen } = event;
        chosen.form?.dispatchEvent(new CustomEvent<File[]>(CHOSEN, { detail: [...chosen.files ?? []] }));
        chosen.value = '';
      }} />
    </>
  );
}
