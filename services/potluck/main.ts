/* Potluck beside a house: `npm run potluck`. Its folder holds its key, its contract and a small database; what people plan is in their pods. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installService, makeMembers, serveService, untilSignal } from '@commonhold/sdk/service';
import { potluckRoutes } from './routes.ts';
import { openStore } from './store.ts';

const { values } = parseArgs({ options: {
  data: { type: 'string', default: 'potluck-data' }, port: { type: 'string', default: '4400' }, house: { type: 'string', multiple: true, default: ['http://localhost:4300'] },
  origin: { type: 'string' }, version: { type: 'string', default: '2' },
} });

const port = Number(values.port);
const origin = values.origin ?? `http://localhost:${port}`;
const { seed, contracts } = installService({ folder: values.data, templates: ['v1', 'v2'].map((name) => join(import.meta.dirname, 'contract', `${name}.json`)), version: Number(values.version), origins: [origin] });
const contract = contracts.at(-1)!;
const store = openStore(values.data);
const members = makeMembers({ contracts, seed, known: values.house });
const host = await serveService({ contract, routes: potluckRoutes({ contract, members, store, houses: values.house }), port });
process.stdout.write(`Potluck ${contract.version} is at ${origin}\nIts contract is at ${host.origin}/.well-known/commonhold-contract: paste this address under "Services" in your house.\n`);
await untilSignal();
await host[Symbol.asyncDispose]();
store[Symbol.dispose]();
