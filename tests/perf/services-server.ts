/* A house whose people have all joined a service with a key, behind its web door without its rate limits. Arguments: data folder, people. */
import { makeNodeSuite } from '../../packages/house/src/crypto/node-suite.ts';
import { startHouse } from '../../packages/house/src/compose.ts';
import { mealsContract, mealsContracts } from '../../packages/house/src/testing/meals.ts';
import { answerParent, type Ready } from './channel.ts';
import { moveIn, type Resident } from './residents.ts';

/** Who lives there; `service` is the service's id, `keys` are those of the first person's dishes. */
export interface ServicesReady extends Ready { residents: Resident[]; service: string; keys: string[] }

const NO_LIMIT = { burst: 1e12, perSecond: 1e12 };
const DISHES = 50;

const [data = 'data', people = '2'] = process.argv.slice(2);
const suite = makeNodeSuite();
const contracts = mealsContracts(suite);
const service = mealsContract(suite).service.id;
const residents = await moveIn(data, Number(people), contracts);
const house = await startHouse({ data, port: 0, host: null, origin: null }, { contracts, limits: { read: NO_LIMIT, write: NO_LIMIT, live: NO_LIMIT, query: NO_LIMIT } });
const { persona } = residents[0]!;
const { items } = await house.gate.data.put({ kind: 'owner', persona }, { persona, service, collection: 'dishes' }, { items: Array.from({ length: DISHES }, (_, n) => ({ body: { title: `Dish number ${n}, with everything that belongs to it`, diet: 'any' } })) });
await Promise.all(residents.slice(1).map(({ persona: of }) => house.gate.data.put({ kind: 'owner', persona: of }, { persona: of, service, collection: 'dishes' }, { items: [{ body: { title: 'One dish', diet: 'any' } }] })));
await house.gate.transact({ kind: 'owner', persona }, persona, 'people', (tx) => {
  for (const { persona: of } of residents.slice(1)) tx.put('links', { body: { persona: of, relation: 'follow', createdAt: 1 } });
});
answerParent<ServicesReady>({ port: house.network.port, residents, service, keys: items.map(({ key }) => key) }, () => house[Symbol.asyncDispose]());
