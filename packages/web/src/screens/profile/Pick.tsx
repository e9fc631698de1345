import { useId, useState } from 'preact/hooks';
import type { Image } from '@commonhold/sdk';
import { Button } from '../../components/Button.tsx';
import { faultText } from '../../components/Empty.tsx';
import { Note } from '../../components/Note.tsx';
import { client } from '../../state/client.ts';
import { useAct } from '../parts/useAct.ts';
import { t } from './words.ts';

/** A picture that is chosen: as it is, none, or one that was sent; `url` shows it until it is kept. */
export interface Chosen { image: Image | null; url: string | null }

interface PickProps { label: string; pick: string; hint: string; wide?: boolean; shown: string | null; onChange: (chosen: Chosen) => void }

/** Chooses one picture of a profile, sends it at once, and shows what is to be kept. */
export function Pick({ label, pick, hint, wide, shown, onChange }: PickProps) {
  const id = useId();
  const act = useAct();
  const [url, setUrl] = useState(shown);
  const take = (file: File | undefined) => {
    if (file) act.run(async () => {
      const { image } = await client.people.sendImage(file);
      const seen = URL.createObjectURL(file);
      setUrl(seen);
      onChange({ image, url: seen });
    });
  };
  const drop = () => { setUrl(null); onChange({ image: null, url: null }); };
  return (
    <div class="field">
      <span id={`${id}-label`}>{label}</span>
      <div class="row wrap pick-one">
        {url ? <img class={wide ? 'shot wide' : 'shot'} src={url} alt="" /> : null}
        <label class="btn" aria-busy={act.busy ? 'true' : undefined}>
          <input class="vh" type="file" accept="image/*" aria-describedby={`${id}-hint`} disabled={act.busy} onChange={(event) => { take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
          {act.busy ? t('edit.sending') : url ? t('edit.picture.other') : pick}
        </label>
        {url ? <Button kind="plain" label={t('edit.remove.name', { name: label })} onClick={drop}>{t('edit.remove')}</Button> : null}
      </div>
      <small id={`${id}-hint`}>{hint}</small>
      {act.error ? <Note kind="bad" alert>{act.error.code === 'image_kind' ? t('edit.kind') : faultText(act.error)}</Note> : null}
    </div>
  );
}
