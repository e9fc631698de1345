import { Dialog } from '../components/Dialog.tsx';
import { Switch } from '../screens/parts/Switch.tsx';
import { t } from '../i18n/index.ts';
import { scope } from '../i18n/scope.ts';
import { sheet } from '../i18n/en/sheet.ts';
import { SINGLE_KEYS, setSingleKeys, singleKeys } from './keys.ts';

const words = scope('sheet', sheet);

/** All keys that do something, and the switch that turns single ones off. */
export default function KeySheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={words.t('title')} onClose={onClose}>
      <div class="body stack">
        <dl class="keys">
          {SINGLE_KEYS.map((key) => <div><dt>{key.split(' ').map((one) => <kbd>{one}</kbd>)}</dt><dd>{words.t(key)}</dd></div>)}
          <div><dt><kbd>Ctrl</kbd><kbd>Enter</kbd></dt><dd>{words.t('send')}</dd></div>
          <div><dt><kbd>Ctrl</kbd><kbd>Z</kbd></dt><dd>{words.t('undo')}</dd></div>
          <div><dt><kbd>Esc</kbd></dt><dd>{t('close')}</dd></div>
        </dl>
        <div class="row"><p class="grow b">{words.t('on')}</p><Switch label={words.t('on')} on={singleKeys.value} onChange={setSingleKeys} /></div>
        <p class="hint">{words.t('on.text')}</p>
      </div>
    </Dialog>
  );
}
