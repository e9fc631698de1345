import { describe } from 'node:test';
import { openWorld, testRounds } from './routes.ts';

describe('whatever is written in any order holds in every route that reads', () => { testRounds(openWorld()); });
