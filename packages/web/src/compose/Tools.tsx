import type { RefObject } from 'preact';
import { useLocation } from 'preact-iso';
import { Icon } from '../components/Icon.tsx';
import { Menu, MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { toast } from '../state/toast.ts';
import { isEmpty } from './draft.ts';
import { drafts } from './drafts.ts';
import type { RestProps } from './parts.ts';

interface ToolsProps extends RestProps { field: RefObject<HTMLTextAreaElement | null> }

/** Types into the field as a hand would, so that everything hears of it. */
function type(field: HTMLTextAreaElement | null, sign: string): void {
  if (!field) return;
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  field.setRangeText(/(?:^|\s)$/u.test(before) ? sign : ` ${sign}`, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Keeps what is written among the drafts; the composer is empty again. */
function putAside(persona: string, context: string): void {
  const draft = drafts.take(persona, context);
  if (!draft) return;
  drafts.putAside(persona, draft);
  toast(t('compose.aside.done'), { label: t('undo'), run: () => { drafts.fetchBack(persona, context, draft); } });
}

/** What else a post can have, and the drafts. */
export function Tools({ persona, context, draft, edit, field }: ToolsProps) {
  const { route } = useLocation();
  const own = () => navigator.language.split('-')[0]!.toLowerCase();
  return (
    <Menu label={t('compose.add')} button={<Icon name="plus" />}>
      <MenuItem icon="smile" onPick={() => requestAnimationFrame(() => type(field.current, ':'))}>{t('compose.add.emoji')}</MenuItem>
      {draft.lang ? null : <MenuItem icon="speech" onPick={() => edit({ lang: own() })}>{t('compose.add.language')}</MenuItem>}
      {isEmpty(draft) ? null : <MenuItem icon="save" onPick={() => putAside(persona, context)}>{t('compose.aside')}</MenuItem>}
      <MenuItem icon="page" onPick={() => route('/drafts')}>{t('compose.drafts')}</MenuItem>
    </Menu>
  );
}
