import type { FunctionComponent } from 'preact';
import { useRoute } from 'preact-iso';
import '../parts/parts.css';
import './settings.css';
import { Page } from '../../components/Page.tsx';
import { Sections } from '../parts/Sections.tsx';
import { WaitingNote } from '../parts/WaitingNote.tsx';
import { t } from '../parts/words.ts';
import { About } from '../news/About.tsx';
import { Apps } from './Apps.tsx';
import { Choices } from './Choices.tsx';
import { Data } from './Data.tsx';
import { Devices } from './Devices.tsx';
import { Filters } from './Filters.tsx';
import { Retire } from './keys/Retire.tsx';
import { HouseSection } from './HouseSection.tsx';
import { Quiet } from './Quiet.tsx';
import { Reading } from './Reading.tsx';
import { t as self } from './selfWords.ts';
import { Words } from './Words.tsx';
import { Writing } from './Writing.tsx';
import { You } from './You.tsx';

const Posting = () => <><Writing /><Choices /></>;
const News = () => <><About big /><Quiet /></>;

const SECTIONS = { devices: Devices, words: Words, house: HouseSection, you: You, news: News, reading: Reading, writing: Posting, filters: Filters, apps: Apps, data: Data, leave: Retire } as const satisfies Record<string, FunctionComponent>;
type Section = keyof typeof SECTIONS;

/** Settings, a section at a time. */
export default function Settings() {
  const asked = useRoute().params['section'] ?? 'devices';
  const section: Section = asked in SECTIONS ? asked as Section : 'devices';
  const Body = SECTIONS[section];
  return (
    <Page title={t('settings')} wide flush={false}>
      <Sections label={t('settings')} now={section} parts={(Object.keys(SECTIONS) as Section[]).map((name) => (
        { name, href: `/settings/${name}`, label: name === 'apps' || name === 'filters' ? self(`section.${name}`) : t(`section.${name}`) }
      ))} />
      <WaitingNote />
      <div class="split" key={section}><Body /></div>
    </Page>
  );
}
