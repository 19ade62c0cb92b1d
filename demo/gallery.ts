import { keepInUrl } from '../src/elements/keep-in-url.js';
import { samples, vendorSamples, type Sample } from './demo.js';

/** Something to look at in a trace: what the view is told to show. */
interface Look {
  words: string;
  view?: 'tree' | 'timeline' | 'steps' | 'conversation' | 'sequence' | 'table' | 'graph' | 'statistics';
  query?: string;
  /** Name of a span that is selected. */
  span?: string;
}

const EVERY: readonly Look[] = [
  { words: 'What was said', view: 'conversation' },
  { words: 'Who called whom', view: 'graph' },
];

/** What is worth a look, by the name of the file. */
const LOOKS = new Map<string, readonly Look[]>([
  [
    'rag-kensho',
    [
      { words: 'The documents that were found, with their scores', view: 'tree', span: 'VectorStoreRetriever' },
      { words: 'The prompt template that they went into', view: 'tree', span: 'OpenAI Chat Completions' },
    ],
  ],
  [
    'agent-tools',
    [
      { words: 'Three tools at once', view: 'timeline' },
      { words: 'The run in a line a step', view: 'steps' },
      { words: 'Only the tools', view: 'tree', query: 'kind:tool' },
    ],
  ],
  [
    'error-retry',
    [
      { words: 'What failed', view: 'tree', query: 'status:error' },
      { words: 'The loop that the retry makes', view: 'sequence' },
    ],
  ],
  [
    'nested-agents',
    [
      { words: 'Two agents at the same time', view: 'timeline' },
      { words: 'Calls of models, the slowest first', view: 'table', query: 'kind:llm' },
      { words: 'Who called whom', view: 'graph' },
    ],
  ],
  ['chat-genai', [{ words: 'Both turns, each message once', view: 'conversation' }]],
  [
    'streaming-reasoning',
    [
      { words: 'Thoughts before the answer', view: 'conversation' },
      { words: 'The call that read the cache', view: 'tree', query: 'cached-tokens>0' },
    ],
  ],
]);

const view = document.querySelector('llm-trace-view')!;
const element = (id: string): HTMLElement => document.getElementById(id)!;
const nameOf = ({ url }: Sample): string => url.replace(/^.*\/|\.jsonl?$/g, '');
const all = [...samples, ...vendorSamples];

function show(sample: Sample): void {
  view.src = sample.url;
  element('shown').textContent = sample.title;
  element('about').textContent = sample.about;
  element('from').textContent = sample.recordedFrom;
  (element('file') as HTMLAnchorElement).href = sample.url;
  for (const button of document.querySelectorAll<HTMLElement>('.gallery button')) {
    button.ariaPressed = String(button.dataset['name'] === nameOf(sample));
  }
  element('look').replaceChildren(
    'Look at: ',
    ...(LOOKS.get(nameOf(sample)) ?? EVERY).map((look) => buttonOf(look.words, () => lookAt(look))),
  );
}

function lookAt({ view: shown, query = '', span }: Look): void {
  view.view = shown;
  view.query = query;
  const wanted = span && [...(view.trace?.spans ?? [])].find(({ name }) => name === span);
  if (wanted) view.reveal(wanted.id);
}

function buttonOf(words: string, action: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words;
  button.addEventListener('click', action);
  return button;
}

/** Shows a sample as a step of its own: what was selected in the one before is none of it. */
function choose(sample: Sample): void {
  history.pushState(null, '', `?${String(new URLSearchParams({ sample: nameOf(sample) }))}`);
  view.selected = view.range = view.view = undefined;
  view.query = '';
  show(sample);
  element('shown').scrollIntoView();
}

/** The sample that the address names, or the first. */
function wanted(): Sample {
  const name = new URLSearchParams(location.search).get('sample');
  return all.find((sample) => nameOf(sample) === name) ?? samples[0]!;
}

function card(sample: Sample): HTMLElement {
  const item = document.createElement('li');
  const button = buttonOf(sample.title, () => choose(sample));
  button.dataset['name'] = nameOf(sample);
  item.append(button, ` ${sample.about}`);
  return item;
}

document.querySelector('.gallery')!.append(...samples.map(card));
element('others').append(...vendorSamples.map(card));

// What is selected, searched and zoomed is in the hash: try a link to this page, and the Back button.
keepInUrl(view);
window.addEventListener('popstate', () => show(wanted()));
show(wanted());
