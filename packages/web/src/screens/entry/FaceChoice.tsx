import { useState } from 'preact/hooks';
import { Face } from '../../components/face/Face.tsx';
import type { Newcomer } from './newcomer.ts';
import { t } from './words.ts';

/** The face that the new key makes, and a button for another key. */
export function FaceChoice({ newcomer }: { newcomer: Newcomer }) {
  const [changed, setChanged] = useState(false);
  const keys = newcomer.keys.value;
  const change = (): void => { void newcomer.another().then(() => setChanged(true)); };
  return (
    <div class="row">
      {keys ? <span class="arrive" key={keys.face}><Face seed={keys.face} size={56} /></span> : <span class="av s56 skel" />}
      <div class="grow">
        <p class="t-14">{keys ? t('face.made') : t('face.waiting')}</p>
        <button type="button" class="tap" aria-disabled={!keys} onClick={change}>{t('face.another')}</button>
        <span class="vh" role="status">{changed && keys ? `${t('face.changed')} ${keys.face.slice(0, 4)}` : ''}</span>
      </div>
    </div>
  );
}
