/** What the parts of the page share: finding its elements, telling what happens. */

export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no ${id}.`);
  return found;
}

export const inputOf = (form: HTMLElement, name: string): HTMLInputElement =>
  (form as HTMLFormElement).elements.namedItem(name) as HTMLInputElement;

/** Does something at an event. What fails is told. */
export function on(id: string, event: string, action: (event: Event) => Promise<void> | void): void {
  element(id).addEventListener(event, (happened) => {
    if (event === 'submit') happened.preventDefault();
    void (async () => action(happened))().catch((error: unknown) =>
      tell(error instanceof Error ? error.message : String(error)),
    );
  });
}

/** Tells something about the traces, where everybody can read it. */
export function tell(news: string): void {
  const status = element('store-status');
  status.hidden = !news;
  status.textContent = news;
}

/** For those who hear the page: what an eye sees happening. */
export function say(news: string): void {
  element('said').textContent = news;
}

/** Shows one of the two panes, where there is room for one only. */
export function showPane(pane: string): void {
  document.querySelector<HTMLElement>('main')!.dataset['pane'] = pane;
  for (const button of document.querySelectorAll<HTMLElement>('.panes button')) {
    button.ariaPressed = String(button.dataset['pane'] === pane);
  }
}

for (const button of document.querySelectorAll<HTMLElement>('.panes button')) {
  button.addEventListener('click', () => showPane(button.dataset['pane']!));
}
