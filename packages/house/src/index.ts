export { openHouse, startHouse, type OpenHouse, type RunningHouse } from './compose.ts';
export { makeNodeSuite } from './crypto/node-suite.ts';
