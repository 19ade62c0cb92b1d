import { enFirst, type FirstMessages } from '../i18n/en-first.js';
import { hasLanguages, languageOf, onLanguage } from '../i18n/languages.js';

/** Elements that show the language of the place that they are in, and what they do when it may be another. */
const followers = new Map<Element, () => void>();
/** One for all of them. It is there only while an element follows and the page has another language than English. */
let observer: MutationObserver | undefined;

const tellAll = (): void => followers.forEach((tell) => tell());

/** The document, or the shadow root, that an element is in, and those that its host is in. */
function* rootsOf(element: Element): Generator<Node> {
  for (let at: Element | undefined = element; at;) {
    const root = at.getRootNode();
    yield root;
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
}

function watch(element: Element): void {
  if (!hasLanguages()) return;
  observer ??= new MutationObserver(tellAll);
  for (const root of rootsOf(element)) {
    observer.observe(root, { subtree: true, attributes: true, attributeFilter: ['lang'] });
  }
}

onLanguage(() => {
  for (const element of followers.keys()) watch(element);
  tellAll();
});

/** The words of the language that the closest `lang` names. */
export function languageAt(element: Element): FirstMessages {
  if (!hasLanguages()) return enFirst;
  for (let at: Element | undefined = element; at;) {
    const marked: Element | null = at.closest('[lang]');
    if (marked) return languageOf(marked.getAttribute('lang')!);
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return enFirst;
}

/** Tells an element in the page when a `lang` around it changed, or a language was added. */
export function followLanguage(element: Element, tell: () => void): void {
  followers.set(element, tell);
  watch(element);
}

export function forgetLanguage(element: Element): void {
  followers.delete(element);
  if (followers.size > 0) return;
  observer?.disconnect();
  observer = undefined;
}
