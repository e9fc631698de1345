/* The Address Book: `npm run address-book`. Its folder holds its key, its contract and an index; what it finds is looked up in people's pods. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installService, makeMembers, serveService, untilSignal } from '@commonhold/sdk/service';
import { sweep } from './book.ts';
import { addressBookRoutes } from './routes.ts';
import { openStore } from './store.ts';

const SWEEP_MS = 60 * 60_000;
const { values } = parseArgs({ options: {
  data: { type: 'string', default: 'address-book-data' }, port: { type: 'string', default: '4401' }, house: { type: 'string', multiple: true, default: ['http://localhost:4300'] }, origin: { type: 'string' },
} });

const port = Number(values.port);
const origin = values.origin ?? `http://localhost:${port}`;
const { seed, contracts } = installService({ folder: values.data, templates: [join(import.meta.dirname, 'contract', 'v1.json')], version: 1, origins: [origin] });
const contract = contracts[0]!;
const store = openStore(values.data);
const members = makeMembers({ contracts, seed, known: values.house });
const host = await serveService({ contract, routes: addressBookRoutes({ contract, members, store, houses: values.house }), port });
process.stdout.write(`The Address Book is at ${origin}\nIts contract is at ${host.origin}/.well-known/commonhold-contract: paste this address under "Services" in your house.\n`);
const sweeping = setInterval(() => { void sweep(members, store); }, SWEEP_MS);
await untilSignal();
clearInterval(sweeping);
await host[Symbol.asyncDispose]();
store[Symbol.dispose]();
