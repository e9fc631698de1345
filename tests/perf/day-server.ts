/* A whole house after a long life behind its web door. Arguments: the data folder that `day-seed.ts` filled. */
import { keepHeapSmall } from '../../packages/house/src/cli/heap.ts';
import { startHouse } from '../../packages/house/src/compose.ts';
import { answerParent } from './channel.ts';

const NO_LIMIT = { burst: 1e12, perSecond: 1e12 };
const NO_LIMITS = { read: NO_LIMIT, write: NO_LIMIT, prepare: NO_LIMIT, enter: NO_LIMIT, login: NO_LIMIT, live: NO_LIMIT, page: NO_LIMIT };

keepHeapSmall();
const house = await startHouse({ data: process.argv[2] ?? 'data', port: 0, host: null, origin: null }, { limits: NO_LIMITS });
await house.views.ask(() => {});
answerParent({ port: house.network.port }, () => house[Symbol.asyncDispose]());
