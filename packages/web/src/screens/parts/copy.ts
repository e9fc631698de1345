/**
 * Copies a text. The clipboard API needs an encrypted address, so over plain HTTP the old command copies a selection.
 * False when neither worked: then the caller selects the text for the person to copy.
 */
export async function copyText(text: string): Promise<boolean> {
  if (globalThis.isSecureContext && navigator.clipboard) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* refused by the person or the browser: try the old way */ }
  }
  return copySelected(text);
}

function copySelected(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'vh';
  document.body.append(field);
  field.select();
  try { return document.execCommand('copy'); } catch { return false; } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}

/** Selects what an element shows, so that one keystroke or a long press copies it. */
export function selectShown(element: Element): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
