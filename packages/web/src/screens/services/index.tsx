import { useRoute } from 'preact-iso';
import '../parts/parts.css';
import './services.css';
import { Bring } from './Bring.tsx';
import { Look } from './Look.tsx';
import { Mine } from './Mine.tsx';
import { One } from './One.tsx';

/** Services: what one has joined and could join, a contract looked at before joining, one that was joined. */
export default function Services() {
  const { persona, service } = useRoute().params;
  if (persona === 'look') return <Look />;
  if (persona === 'bring') return <Bring />;
  return persona && service ? <One key={`${persona}/${service}`} persona={persona} service={service} /> : <Mine />;
}
