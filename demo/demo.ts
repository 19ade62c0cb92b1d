// What every page of the demo has: the elements, the list of pages, the choice of colours, the sample traces.
import '../src/define.js';
import './demo.css';
import index from './traces/index.json';
import vendorIndex from './traces/vendors/index.json';

export interface Sample {
  title: string;
  about: string;
  recordedFrom: string;
  url: string;
}

const urls = import.meta.glob<string>(['./traces/**/*.{json,jsonl}', '!./traces/**/index.json'], {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The traces that were recorded for this project from real SDKs. */
export const samples: readonly Sample[] = index.map(({ file, ...sample }) => ({
  ...sample,
  url: urls[`./traces/${file}`]!,
}));

/** What the SDKs of other tools send, as they send it. */
export const vendorSamples: readonly Sample[] = vendorIndex.map(({ file, vendor, recordedFrom, sends }) => ({
  title: `${vendor}: ${file}`,
  about: `What the SDK sends: ${sends}.`,
  recordedFrom,
  url: urls[`./traces/vendors/${file}`]!,
}));

const PAGES: readonly [string, string][] = [
  ['index.html', 'Samples'],
  ['chat.html', 'Chat, traced live'],
  ['url.html', 'From an address'],
  ['inline.html', 'Inline JSON'],
  ['drop.html', 'Drag and drop'],
  ['two.html', 'Two on a page'],
  ['diff.html', 'Two compared'],
  ['tokens.html', 'Tokens'],
  ['inside.html', 'Stages and sources'],
  ['live.html', 'A model in the page'],
  ['training.html', 'Gradients'],
  ['hostile.html', 'In a hostile page'],
];

function header(): HTMLElement {
  const here = location.pathname.split('/').pop() || 'index.html';
  const element = document.createElement('header');
  element.className = 'site';
  const name = document.createElement('strong');
  name.textContent = 'llm-trace-kit';
  const nav = document.createElement('nav');
  for (const [page, title] of PAGES) {
    const link = document.createElement('a');
    link.href = page;
    link.textContent = title;
    if (page === here) link.setAttribute('aria-current', 'page');
    nav.append(link);
  }
  element.append(name, nav, themeChoice());
  return element;
}

function themeChoice(): HTMLElement {
  const select = document.createElement('select');
  select.className = 'theme';
  select.ariaLabel = 'Colours';
  for (const theme of ['auto', 'light', 'dark']) select.add(new Option(theme, theme));
  select.addEventListener('change', () => (document.documentElement.dataset['theme'] = select.value));
  return select;
}

document.body.prepend(header());
