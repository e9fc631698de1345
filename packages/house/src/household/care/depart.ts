import type { HousePerson } from '../ports.ts';
import type { CareDeps } from './ports.ts';

interface Deps extends Pick<CareDeps, 'db' | 'clock' | 'sessions' | 'tokens' | 'pods' | 'changed'> { due(): HousePerson[] }

/**
 * Lets those go whose time has come: first their export lies in a folder for handing over, then the seat is free, then the pod's own file
 * goes to the same folder. Killed at any moment, the next sweep takes it up; nothing is destroyed. Answers whose seats became free.
 */
export function makeDepart({ db, clock, sessions, tokens, pods, changed, due }: Deps): () => Promise<string[]> {
  const leave = db.prepare('INSERT OR REPLACE INTO departed (persona, pod, handle, folder, at) VALUES (?, ?, ?, ?, ?)');
  const free = db.prepare('DELETE FROM people WHERE persona = ?');
  const ended = db.prepare('DELETE FROM invites WHERE by = ?');
  const left = db.prepare<{ persona: string; pod: string; folder: string }>('SELECT persona, pod, folder FROM departed WHERE handed IS NULL');
  const handed = db.prepare('UPDATE departed SET handed = ? WHERE persona = ?');
  const goes = async ({ persona, pod, handle }: HousePerson): Promise<void> => {
    const folder = `${handle}-${new Date(clock()).toISOString().slice(0, 10)}-${pod.slice(0, 6)}`;
    await pods.writeExport(persona, folder);
    for (const { id } of sessions.list(persona)) sessions.end(persona, id);
    // Their rows go with the person's: what is held in memory, and what is open, would not.
    tokens.endAll(persona);
    db.transaction(() => {
      leave.run(persona, pod, handle, folder, clock());
      ended.run(persona);
      free.run(persona);
    });
    changed();
  };
  return async () => {
    const going = due();
    for (const person of going) await goes(person);
    for (const { persona, pod, folder } of left.all()) {
      // Cut off after the move, there is nothing left to be moved.
      if (pods.isHere(pod)) { await pods.forget(pod); pods.moveOut(pod, folder); }
      pods.letGo(persona);
      handed.run(clock(), persona);
    }
    return going.map(({ persona }) => persona);
  };
}
