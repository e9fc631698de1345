import { setTheme, theme, type Theme } from '../../state/theme.ts';
import { Switch } from '../parts/Switch.tsx';
import { t } from '../parts/words.ts';
import { setSingleKeys, singleKeys } from '../../app/keys.ts';
import { sheetOpen } from '../../app/places.ts';
import { Button } from '../../components/Button.tsx';
import { moreContrast, setContrast } from './contrast.ts';

const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];

/** How the app looks in this browser. */
export function Reading() {
  return (
    <section class="card" aria-labelledby="reading">
      <div class="head"><h2 class="t-20" id="reading">{t('reading')}</h2></div>
      <div class="body stack">
        <fieldset class="stack tight">
          <legend class="label">{t('reading.theme')}</legend>
          <div class="row wrap">
            {THEMES.map((name) => (
              <label class="chip pick"><input class="vh" type="radio" name="theme" checked={theme.value === name} onChange={() => setTheme(name)} />{t(`reading.${name}`)}</label>
            ))}
          </div>
        </fieldset>
        <hr class="rule" />
        <div class="row">
          <div class="grow"><p class="b">{t('reading.contrast')}</p><p class="t-14 dim">{t('reading.contrast.text')}</p></div>
          <Switch label={t('reading.contrast')} on={moreContrast.value} onChange={setContrast} />
        </div>
        <hr class="rule" />
        <div class="row">
          <div class="grow"><p class="b">{t('reading.keys')}</p><p class="t-14 dim">{t('reading.keys.text')}</p></div>
          <Switch label={t('reading.keys')} on={singleKeys.value} onChange={setSingleKeys} />
        </div>
        <div><Button small onClick={() => { sheetOpen.value = true; }}>{t('reading.keys.show')}</Button></div>
        <p class="hint">{t('reading.here')}</p>
      </div>
    </section>
  );
}
