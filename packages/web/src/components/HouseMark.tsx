const ROOF = 'M20 3.2 4.4 15.7a2.4 2.4 0 0 0-.9 1.9v15.9A3.5 3.5 0 0 0 7 37h26a3.5 3.5 0 0 0 3.5-3.5V17.6a2.4 2.4 0 0 0-.9-1.9z';

/** Which of the nine windows are lit: from the house's id, at least three; all of them when it has no id yet. */
function litBy(id: string | null): boolean[] {
  if (!id) return Array.from({ length: 9 }, () => true);
  const lit = Array.from({ length: 9 }, (_, i) => id.charCodeAt(i + 1) % 3 !== 0);
  for (let i = 0; lit.filter(Boolean).length < 3; i += 4) lit[i % 9] = true;
  return lit;
}

/** The mark of a house: a roof, and nine windows lit by its id. Decoration beside the house's name. */
export function HouseMark({ id, large }: { id: string | null; large?: boolean }) {
  return (
    <svg class={large ? 'mark l' : 'mark'} viewBox="0 0 40 40" aria-hidden="true">
      <path d={ROOF} fill="currentColor" />
      {litBy(id).map((lit, i) => (
        <rect class={lit ? 'lit' : 'dark'} x={12.6 + (i % 3) * 5.8} y={17 + Math.floor(i / 3) * 5.6} width="3.6" height="3.6" rx=".8" />
      ))}
    </svg>
  );
}
