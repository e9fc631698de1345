import type { FunctionComponent } from 'preact';
import { useRoute } from 'preact-iso';
import '../parts/parts.css';
import './house.css';
import './said.css';
import { Page } from '../../components/Page.tsx';
import { me } from '../../state/session.ts';
import { Sections } from '../parts/Sections.tsx';
import { Health } from './Health.tsx';
import { Hidden } from './Hidden.tsx';
import { OpenLog } from './OpenLog.tsx';
import { Reports } from './Reports.tsx';
import { ThePage } from './ThePage.tsx';
import { Tree } from './Tree.tsx';
import { Version } from './Version.tsx';
import { WaitingList } from './WaitingList.tsx';
import { t } from './words.ts';

const PARTS = { page: ThePage, people: Tree, log: OpenLog, reports: Reports, hidden: Hidden, waiting: WaitingList, health: Health, version: Version } as const satisfies Record<string, FunctionComponent>;
type Part = keyof typeof PARTS;

const FOR_STEWARDS: ReadonlySet<string> = new Set<Part>(['reports', 'hidden', 'waiting', 'health', 'version']);

/** The house: what it is and can do, who invited whom, what stewards did; and for stewards, what waits for them. */
export default function House() {
  const steward = me.value?.role === 'steward';
  const parts = (Object.keys(PARTS) as Part[]).filter((part) => steward || !FOR_STEWARDS.has(part));
  const asked = useRoute().params['part'] ?? 'page';
  const part = parts.find((one) => one === asked) ?? 'page';
  const Body = PARTS[part];
  const waiting = me.value?.reports ?? 0;
  return (
    <Page title={t('house')} wide flush={false}>
      <Sections label={t('house')} now={part} parts={parts.map((name) => (
        { name, href: name === 'page' ? '/house' : `/house/${name}`, label: t(`part.${name}`), beside: name === 'reports' && waiting > 0 ? <b class="count">{waiting}</b> : null }
      ))} />
      <Body key={part} />
    </Page>
  );
}
