/** A formatter that is made when it is first asked: the tables behind one take megabytes, which a house that says nothing can do without. */
export function late<V>(make: () => { format(value: V): string }): { format(value: V): string } {
  let made: { format(value: V): string } | undefined;
  return { format: (value) => (made ??= make()).format(value) };
}
