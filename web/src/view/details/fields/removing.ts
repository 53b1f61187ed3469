/**
 * Takes something out of a list by its button. Where the button goes with it, the keyboard goes to the one that stands
 * in its place then, to the last one, or to the field of the list.
 */
export function removing(button: HTMLElement, remove: () => void): void {
  const list = button.closest("ul, fieldset");
  const around = list?.parentElement;
  const buttons = () => [...(list?.querySelectorAll<HTMLElement>("button:enabled") ?? [])];
  const at = buttons().indexOf(button);
  remove();
  requestAnimationFrame(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    const left = list?.isConnected ? buttons() : [];
    (left[at] ?? left.at(-1) ?? around?.querySelector<HTMLElement>("select, input"))?.focus();
  });
}
