// Pages that show an example of `examples/`: the very files that `npm run test:installs` builds and opens.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { codeBlock, html, sentence } from './markup.mjs';
import { pageWith } from './shell.mjs';

const at = (file) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

const TESTED =
  '`npm run test:installs` installs the packed kit into it, builds it with its own tools, opens it in a browser and clicks a span.';

/** A recipe is a line here: the folder, its title, what to know, the files that are worth reading, how it is tested. */
const LISTED = [
  ['plain', 'Plain HTML', 'One script, one tag. It works from any server, and needs no build.', ['index.html']],
  ['vite', 'Vite, TypeScript', 'The import brings the types of the tag and of its events.', ['index.html', 'main.ts']],
  [
    'react',
    'React',
    'React 19 sets properties and listens to events of the tag by itself.',
    ['src/main.tsx', 'tsconfig.json'],
  ],
  ['vue', 'Vue', "Vue's compiler is told which tags are elements.", ['src/App.vue', 'vite.config.js', 'tsconfig.json']],
  ['svelte', 'Svelte', 'Nothing to configure but the types.', ['src/App.svelte', 'src/main.ts', 'tsconfig.json']],
  ['angular', 'Angular', 'The component says that it uses tags of others.', ['src/main.ts']],
  [
    'vitepress',
    'VitePress',
    'A trace in a page of Markdown, written when the site is built.',
    ['index.md', 'trace.data.js', '.vitepress/config.js'],
  ],
  [
    'docusaurus',
    'Docusaurus',
    'A component shows a trace in MDX.',
    ['docs/index.mdx', 'src/Trace.jsx', 'docusaurus.config.mjs'],
  ],
  [
    'starlight',
    'Astro Starlight',
    'A component of Astro writes a trace when the site is built.',
    ['src/content/docs/index.mdx', 'src/components/Trace.astro', 'astro.config.mjs'],
  ],
  [
    'notebook',
    'Jupyter',
    'A function of Python shows a trace in an output cell.',
    ['show_trace.py'],
    'Executed and turned into a page by `npm run test:notebook`, where Python is there.',
  ],
];

export const RECIPES = LISTED.filter(([folder]) => existsSync(at(`examples/${folder}`))).map(
  ([folder, title, about, files, tested = TESTED]) => ({
    folder,
    title,
    about,
    files,
    tested,
    page: `recipes/${folder}.html`,
  }),
);

/** All recipes, as cards of the first page. */
export const recipeCards = () =>
  RECIPES.map(({ page, title, about }) => html`<li><a href="${page}">${title}</a> ${sentence(about)}</li>`).join('');

/** The page of a recipe. */
export async function recipePage({ folder, title, about, files, tested, page }) {
  const texts = await Promise.all(files.map((file) => readFile(at(`examples/${folder}/${file}`), 'utf8')));
  const main = html`<h1>${title}</h1>
    <p class="lead">${sentence(about)}</p>
    <p>This is <code>examples/${folder}</code>. ${sentence(tested)}</p>
    ${files.map(
      (file, index) =>
        html`<h2><code>${file}</code></h2>
          ${codeBlock(texts[index], file)}`,
    )}`;
  return pageWith({ page, title, main });
}
