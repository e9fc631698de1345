import type { LiveHub } from '../live.ts';
import { none, type Route } from '../route.ts';

/** The event stream. */
export const liveRoutes = (hub: LiveHub): Route[] => [{
  method: 'GET', path: '/live', auth: 'session', limit: 'live', answers: { 200: { type: 'string', description: 'text/event-stream' } },
  summary: 'Events as they happen (server-sent): post {item, people}, remove {persona, key}, news {unread, item, people}, marks {home, house}, log {day, line}, house {people, title}, session-ended {}',
  handler: () => none(), stream: hub.open,
}];
