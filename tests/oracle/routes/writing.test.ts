import { describe } from 'node:test';
import { openWorld, testRoutes, WRITINGS } from './routes.ts';

describe('every route of /openapi.json that writes answers as the oracle says', () => { testRoutes(WRITINGS, openWorld()); });
