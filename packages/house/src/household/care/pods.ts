import type { JsonObject, ReportAbout } from '@commonhold/core';
import type { Somebody } from '../../firewall/caller.ts';
import type { PodHandling } from '../../firewall/pod-care.ts';

/** What the care of a house asks of the pods; it reads what a reporter may, and never writes a record. */
export interface PodCare extends PodHandling {
  /** What the caller may read of a person, a post or a service. Refuses `post_unknown`, `person_unknown`, `service_unknown`. */
  contentOf(caller: Somebody, about: ReportAbout, withLog: boolean): Promise<JsonObject>;
  /** Takes what a pod said out of the views. */
  forget(pod: string): Promise<void>;
}
