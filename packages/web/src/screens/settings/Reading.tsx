import { setSingleKeys, singleKeys } from '../../app/keys.ts';
import { sheetOpen } from '../../app/places.ts';
import { Button } from '../../components/Button.tsx';
import { chooseLanguage, languageChoice, LANGUAGES, type LanguageChoice } from '../../i18n/language.ts';
import { LOOKS, lookOf, setLook, type Choice, type Look } from '../../state/look.ts';
import { Switch } from '../parts/Switch.tsx';
import { t } from '../parts/words.ts';

interface PickProps { name: string; legend: string; choices: readonly { value: string; label: string; mark?: string; lang?: string }[]; chosen: string; onPick: (value: string) => void }

/** One of several, as a row of chips. */
function Pick({ name, legend, choices, chosen, onPick }: PickProps) {
  return (
    <fieldset class="stack tight">
      <legend class="label">{legend}</legend>
      <div class="row wrap">
        {choices.map(({ value, label, mark, lang }) => (
          <label class="chip pick" lang={lang} key={value}><input class="vh" type="radio" name={name} checked={chosen === value} onChange={() => onPick(value)} />{mark ? <i class={`swatch ${mark}`} /> : null}{label}</label>
        ))}
      </div>
    </fieldset>
  );
}

function PickLook<L extends 'theme' | 'accent'>({ look }: { look: L }) {
  const choices = (LOOKS[look] as readonly Choice<L>[]).map((value) => ({ value, label: t(`reading.${look}.${value}` as 'reading.theme.dark'), ...(look === 'accent' && { mark: value }) }));
  return <Pick name={look} legend={t(`reading.${look}`)} choices={choices} chosen={lookOf(look)} onPick={(value) => setLook(look, value as Choice<L>)} />;
}

function Toggle({ label, text, on, onChange }: { label: string; text: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <div class="row">
      <div class="grow"><p class="b">{label}</p><p class="t-14 dim">{text}</p></div>
      <Switch label={label} on={on} onChange={onChange} />
    </div>
  );
}

function ToggleLook<L extends Look>({ look, on }: { look: L; on: Choice<L> }) {
  return <Toggle label={t(`reading.${look}` as 'reading.motion')} text={t(`reading.${look}.text` as 'reading.motion.text')} on={lookOf(look) === on} onChange={(yes) => setLook(look, yes ? on : LOOKS[look][0])} />;
}

const SIZES: readonly Choice<'size'>[] = [...LOOKS.size].sort((a, b) => Number(a) - Number(b));

function Size() {
  const size = lookOf('size');
  return (
    <label class="stack tight">
      <span class="row"><span class="b grow">{t('reading.size')}</span><span class="num dim" aria-hidden="true">{t('reading.size.px', { n: Number(size) })}</span></span>
      <input class="slider" type="range" min={0} max={SIZES.length - 1} step={1} value={SIZES.indexOf(size)} aria-valuetext={t('reading.size.px', { n: Number(size) })}
        onInput={(event) => setLook('size', SIZES[Number(event.currentTarget.value)] ?? '16')} />
    </label>
  );
}

function PickLanguage() {
  const names = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label, lang: value }));
  // Words of half a page in one language and half in another help nobody: the page is loaded anew.
  const pick = (value: string) => { chooseLanguage(value as LanguageChoice); location.reload(); };
  return <Pick name="language" legend={t('reading.language')} choices={[{ value: 'auto', label: t('reading.language.auto') }, ...names]} chosen={languageChoice()} onPick={pick} />;
}

/** How the app looks and listens in this browser. */
export function Reading() {
  return (
    <>
      <section class="card" aria-labelledby="reading">
        <div class="head"><h2 class="t-20" id="reading">{t('reading')}</h2></div>
        <div class="body stack">
          <PickLook look="theme" />
          <PickLook look="accent" />
          <Size />
          <hr class="rule" />
          <ToggleLook look="contrast" on="more" />
          <ToggleLook look="motion" on="less" />
          <ToggleLook look="links" on="underline" />
          <p class="hint">{t('reading.here')}</p>
        </div>
      </section>
      <section class="card" aria-labelledby="speaking">
        <div class="head"><h2 class="t-20" id="speaking">{t('reading.speaking')}</h2></div>
        <div class="body stack">
          <PickLanguage />
          <hr class="rule" />
          <Toggle label={t('reading.keys')} text={t('reading.keys.text')} on={singleKeys.value} onChange={setSingleKeys} />
          <div><Button small onClick={() => { sheetOpen.value = true; }}>{t('reading.keys.show')}</Button></div>
        </div>
      </section>
    </>
  );
}
