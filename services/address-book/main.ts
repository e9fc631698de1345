/* The Address Book: `npm run address-book`. Its folder holds its key, its contract and an index; what it finds is looked up in people's pods. */
import { join } from 'node:path';
import { openDatabase, runService } from '@commonhold/sdk/service';
import { sweep } from './book.ts';
import { addressBookRoutes } from './routes.ts';
import { openStore } from './store.ts';

const SWEEP_MS = 60 * 60_000;

await runService({
  title: 'The Address Book', data: 'address-book-data', port: 4401,
  templates: [join(import.meta.dirname, 'contract', 'v1.json')],
  open: (of, close) => {
    const db = openDatabase(of.data, 'address-book');
    const store = openStore(db);
    const sweeping = setInterval(() => { void sweep(of.members, store); }, SWEEP_MS);
    close(() => { clearInterval(sweeping); db.close(); });
    return addressBookRoutes({ ...of, store });
  },
});
