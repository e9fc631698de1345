import type { OpenPod, Pods } from '../store/pods.ts';
import type { PersonaState } from '../store/pod/types.ts';

/** A persona's place in this house. */
export interface Home { pod: OpenPod; state: PersonaState }

/** Finds the pod of a persona; null when they are not at home here. */
export type FindHome = (persona: string) => Home | null;

/** `podOf` is the household's answer: pod id by persona. Memory of a persona may be made anew by a rolled-back write, so it is asked each time. */
export function makeHomes(pods: Pods, podOf: (persona: string) => string | null): FindHome {
  return (persona) => {
    const id = podOf(persona);
    if (id === null) return null;
    const pod = pods.open(id);
    const state = pod.personas.get(persona);
    return state ? { pod, state } : null;
  };
}
