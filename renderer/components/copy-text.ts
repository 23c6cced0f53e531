/**
 * Puts text on the clipboard, on a press of a button only.
 *
 * The page has no permission of any kind, and needs none for this: it answers the copy event itself.
 *
 * @returns whether it is there now
 */
export function copyText(text: string): boolean {
  let isCopied = false;
  const copy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    isCopied = event.clipboardData !== null;
  };
  document.addEventListener('copy', copy, { capture: true });
  document.execCommand('copy');
  document.removeEventListener('copy', copy, { capture: true });
  return isCopied;
}
