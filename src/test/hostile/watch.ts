/** Looks for what a text may have brought into the page, and does what a person's pointer and focus do. */
import { MARK } from './traces.js';

/** Every element below a node, shadow trees included. */
export function allBelow(root: ParentNode): Element[] {
  const found = [...(root instanceof Element && root.shadowRoot ? root.shadowRoot : root).children];
  for (const element of found) found.push(...(element.shadowRoot ?? element).children);
  return found;
}

/** All texts below a node, shown or not. */
export function allText(root: ParentNode): string {
  const roots = [root, ...allBelow(root)].flatMap((item) => (item instanceof Element ? (item.shadowRoot ?? []) : []));
  return roots.map(({ textContent }) => textContent).join('\n');
}

/** What the kit writes in its templates. Anything else would have come from data. */
const KNOWN = new Set(
  `a article aside audio b bdi blockquote br button canvas circle code dd del details div dl dt em figcaption figure footer
  fieldset form g h1 h2 h3 h4 h5 h6 header hr i input ins label legend li line main mark nav ol optgroup option output p path polyline pre
  progress rect s samp search section select slot small span strong sub summary sup svg table tbody td textarea th thead time
  tr ul video wbr`.split(/\s+/),
);
/** Attributes in which a person reads a text. */
const READ =
  /^(aria-label|aria-valuetext|aria-description|title|href|value|placeholder|alt|data-[\w-]*id|data-trace-id)$/;
const ADDRESSES =
  /^(src|srcset|srcdoc|action|formaction|data|poster|ping|background|xlink:href|cite|manifest|codebase)$/;
const GOES = new Set(['http:', 'https:', 'mailto:']);

/** What is wrong with an element that stands in the shadow tree of the kit; empty where nothing is. */
function wrongWith(element: Element): string {
  const { localName } = element;
  if (!KNOWN.has(localName) && !localName.startsWith('llm-')) return 'element';
  for (const { name, value } of element.attributes) {
    if (/^on/i.test(name)) return name;
    if (ADDRESSES.test(name) && !(name === 'src' && value.startsWith('blob:'))) return name;
    if (name === 'style' && /url|image|\\|expression|@/i.test(value)) return name;
    if (!READ.test(name) && MARK.test(`${name} ${value}`)) return name;
    if (name === 'href') {
      const { protocol, rel, target } = element as HTMLAnchorElement;
      if (localName !== 'a' || !GOES.has(protocol)) return name;
      if (target !== '_blank' || !/\bnoopener\b/.test(rel) || !/\bnoreferrer\b/.test(rel)) return 'rel';
    }
  }
  return '';
}

/** Elements and attributes below a node that data must not have made. */
export function strangeThings(root: ParentNode): string[] {
  return allBelow(root).flatMap((element) => {
    const wrong = wrongWith(element);
    return wrong
      ? [
          `${wrong}: <${element.localName} ${[...element.attributes].map(({ name, value }) => `${name}=${value}`).join(' ')}>`.slice(
            0,
            300,
          ),
        ]
      : [];
  });
}

const GESTURES = [
  ...['pointerover', 'pointermove', 'pointerup', 'mouseover', 'mouseenter', 'mousedown', 'mouseup', 'wheel', 'focus'],
  ...['focusin', 'animationstart'],
];
/** What opens, loads, saves or closes something when a person wants it. */
const WORKS =
  'a, button, summary, input, select, audio, video, [role=tab], [role=row], [role=treeitem], [role=separator]';

function eventOf(type: string, options: EventInit): Event {
  if (type.startsWith('pointer')) return new PointerEvent(type, options);
  if (/^(mouse|drag|drop|click|dblclick|auxclick|contextmenu)/.test(type)) return new MouseEvent(type, options);
  if (type.startsWith('wheel')) return new WheelEvent(type, options);
  // Firefox on a desktop has no class for these.
  if (type.startsWith('touch')) return Object.assign(new Event(type, options), { touches: [] });
  if (type.startsWith('key')) return new KeyboardEvent(type, { ...options, key: 'F20' });
  return type.startsWith('focus') ? new FocusEvent(type, options) : new Event(type, options);
}

/**
 * Moves over, focuses and clicks everything below a node, and lets the named events happen there. What works by a click is
 * only moved over, where `isAllClicked` does not say otherwise.
 */
export function gesture(root: ParentNode, events: readonly string[], isAllClicked: boolean): void {
  for (const element of allBelow(root)) {
    // As a person's come: out of a shadow tree, and up through the page.
    for (const type of GESTURES) element.dispatchEvent(eventOf(type, { bubbles: true, composed: true }));
    if (!isAllClicked && element.closest(WORKS)) continue;
    for (const type of events) element.dispatchEvent(eventOf(type, {}));
    (element as Partial<HTMLElement>).click?.();
  }
}
