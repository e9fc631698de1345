import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorld, READINGS, routesOf, testRoutes, WRITINGS } from './routes.ts';

describe('every route of /openapi.json that reads answers as the oracle says', () => {
  const founded = openWorld();
  test('each route has its cases, and no case is for a route that is gone', async () => {
    assert.deepEqual((await routesOf(founded())).toSorted(), Object.keys({ ...READINGS, ...WRITINGS }).toSorted());
  });
  testRoutes(READINGS, founded);
});
