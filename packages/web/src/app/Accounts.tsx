import { Face } from '../components/face/Face.tsx';
import { faultText } from '../components/Empty.tsx';
import { Icon } from '../components/Icon.tsx';
import { Menu, MenuItem } from '../components/Menu.tsx';
import { t } from '../i18n/index.ts';
import { accounts, goOnAs } from '../state/accounts.ts';
import { me } from '../state/session.ts';
import { toast } from '../state/toast.ts';

const go = (persona: string): void => void goOnAs(persona).catch((error: unknown) => toast(faultText(error)));

/** Changes to somebody else who is signed in at this browser; nothing where nobody else is. */
export function Switcher() {
  const others = accounts.value.filter((one) => !one.current);
  if (others.length === 0) return null;
  return (
    <Menu label={t('accounts.switch')} button={<Icon name="people" />} start>
      {others.map(({ persona, name, handle }) => <MenuItem key={persona} onPick={() => go(persona)}><span class="row tight"><Face persona={persona} size={24} /><span class="grow clip1" dir="auto">{name} <span class="dim">@{handle}</span></span></span></MenuItem>)}
    </Menu>
  );
}

/** Says as whom one writes, where more than one is signed in at this browser. */
export function WritingAs() {
  if (accounts.value.length < 2 || !me.value) return null;
  return <p class="writing-as"><Face persona={me.value.persona} size={24} /><span class="clip1" dir="auto">{t('accounts.as', { name: me.value.name, handle: me.value.handle })}</span></p>;
}
