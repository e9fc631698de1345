/* Potluck beside a house: `npm run potluck`. Its folder holds its key, its contract and where its members are; what people plan is in their pods. */
import { join } from 'node:path';
import { makeRoster, openDatabase, runService } from '@commonhold/sdk/service';
import { potluckRoutes } from './routes.ts';

await runService({
  title: 'Potluck', data: 'potluck-data', port: 4400,
  templates: ['v1', 'v2'].map((name) => join(import.meta.dirname, 'contract', `${name}.json`)),
  open: (of, close) => {
    const db = openDatabase(of.data, 'potluck');
    close(() => db.close());
    return potluckRoutes({ ...of, roster: makeRoster(db) });
  },
});
