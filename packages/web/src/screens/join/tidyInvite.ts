/** What a person typed or pasted as an invite, the whole link included, in the form of the address: words joined by dashes. */
export function tidyInvite(typed: string): string {
  const text = typed.normalize('NFKC').trim();
  const tail = text.includes('/join/') ? text.slice(text.lastIndexOf('/join/') + '/join/'.length).replace(/[?#/].*$/, '') : text;
  return tail.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
