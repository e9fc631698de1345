import { t } from '../i18n/index.ts';

/* The counter keeps quiet until it is of use. */
const SPEAK_AT = 80;

/** How many characters are left, once that is of use; too many are said in words. */
export function Left({ left }: { left: number }) {
  if (left > SPEAK_AT) return null;
  const words = left < 0 ? t('compose.over', { n: -left }) : t('compose.left', { n: left });
  return <span class={left < 0 ? 'left over' : 'left'} title={words}><span aria-hidden="true">{left}</span><span class="vh" role="status">{words}</span></span>;
}
