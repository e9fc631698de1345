export { Refusal, type Contract, type JsonObject } from '@commonhold/core';
export { serveService, type Answer, type Asked, type Host, type Hosted, type Routes } from './host.ts';
export { installService, serviceIn, withKey, type Installed } from './install.ts';
export { makeMembers, type Member, type Members, type MembersOf } from './members.ts';
export { isPublic, makeReach, type Reach } from './reach.ts';
export { signedFetch, type SignedBy } from './sign.ts';
export { untilSignal } from './signal.ts';
export { housePage, makeVisits, textsOf, type Visits } from './visits.ts';
