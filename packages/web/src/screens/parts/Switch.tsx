/** An on/off switch; `label` is read out and must stand beside it as text too. */
export function Switch({ label, on, busy, onChange }: { label: string; on: boolean; busy?: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="switch">
      <span class="vh">{label}</span>
      <input type="checkbox" role="switch" checked={on} disabled={busy} onChange={(event) => onChange(event.currentTarget.checked)} />
      <i />
    </label>
  );
}
