import { t } from './words.ts';

/** Where a flow of a few screens stands. */
export function Crumb({ at, of }: { at: number; of: number }) {
  return (
    <div class="crumb">
      {Array.from({ length: of }, (_, index) => <i class={index + 1 === at ? 'on' : undefined} />)}
      <span class="vh">{t('step', { at, of })}</span>
    </div>
  );
}
