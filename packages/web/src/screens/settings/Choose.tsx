/** One of a few, as chips that read as one question. */
export function Choose<V extends string>({ legend, name, value, of, onChange }: { legend: string; name: string; value: V; of: readonly (readonly [V, string])[]; onChange: (value: V) => void }) {
  return (
    <fieldset class="stack tight">
      <legend class="label">{legend}</legend>
      <div class="row wrap">
        {of.map(([one, words]) => <label class="chip pick" key={one}><input class="vh" type="radio" name={name} checked={one === value} onChange={() => onChange(one)} />{words}</label>)}
      </div>
    </fieldset>
  );
}
