// All pages of the site, as its navigation lists them. Pages that are made of something (elements, docs, examples) list themselves.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GUIDES } from './guides.mjs';
import { RECIPES } from './recipes.mjs';

/** Pages that are files beside this folder. */
const WRITTEN = [
  [
    'Start',
    [
      ['index.html', 'Getting started'],
      ['gallery.html', 'Gallery of traces'],
      ['theming.html', 'Theming'],
    ],
  ],
  [
    'Recipes, running',
    [
      ['tool.html', 'An internal tool'],
      ['chat.html', 'A chat, traced live'],
      ['url.html', 'From an address'],
      ['backends.html', 'From a backend'],
      ['inline.html', 'Inline JSON'],
      ['drop.html', 'Drag and drop'],
      ['two.html', 'Two on a page'],
      ['diff.html', 'Two compared'],
      ['hostile.html', 'In a hostile page'],
    ],
  ],
  [
    'Inside a model',
    [
      ['tokens.html', 'Tokens'],
      ['inside.html', 'Stages and sources'],
      ['live.html', 'A model in the page'],
      ['training.html', 'Gradients'],
    ],
  ],
];

/** Pages that are recipes as they run. */
export const RUNNING_PAGES = WRITTEN.slice(1).flatMap(([, pages]) => pages.map(([file]) => file));

export const WRITTEN_PAGES = WRITTEN.flatMap(([, pages]) => pages.map(([file]) => file));

/** Tags of all elements, the view first. */
export function elementTags() {
  const folder = fileURLToPath(new URL('../../src/elements', import.meta.url));
  const tags = readdirSync(folder).flatMap((file) => /^(llm-[\w-]+)\.ts$/.exec(file)?.[1] ?? []);
  return ['llm-trace-view', ...tags.filter((tag) => tag !== 'llm-trace-view').sort()];
}

/** Groups of pages: title, and file and title of each page. */
export const navigation = () => {
  const [start, running, inside] = WRITTEN;
  return [
    start,
    ['Guides', [...GUIDES.map(({ page, title }) => [page, title])]],
    ['Recipes', RECIPES.map(({ page, title }) => [page, title])],
    running,
    inside,
    ['Elements', [['elements.html', 'All elements'], ...elementTags().map((tag) => [`elements/${tag}.html`, tag])]],
  ];
};
