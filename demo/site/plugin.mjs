// The docs site: what surrounds each page, and the pages that are made of the manifest, of the docs and of the examples.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { elementPage, elementsPage } from './elements.mjs';
import { GUIDES, guidePage, withBlocks } from './guides.mjs';
import { elementTags, navigation, RUNNING_PAGES, WRITTEN_PAGES } from './navigation.mjs';
import { RECIPES, recipeCards, recipePage } from './recipes.mjs';
import { codeBlock, html } from './markup.mjs';
import { withShell } from './shell.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

let declarations;
/** What is known of each element, by its tag. Worked out once, when it is first wanted: the compiler takes seconds. */
const elements = () =>
  (declarations ??= import('../../scripts/manifest.mjs')
    .then(({ manifest }) => manifest())
    .then(({ modules }) => new Map(modules.flatMap((module) => module.declarations).map((one) => [one.tagName, one]))));

/** Pages that are no files, and what makes each. */
const MADE = new Map([
  ['elements.html', async () => elementsPage(elementTags(), await elements())],
  ...elementTags().map((tag) => [`elements/${tag}.html`, async () => elementPage((await elements()).get(tag))]),
  ...GUIDES.map((guide) => [guide.page, () => guidePage(guide)]),
  ...RECIPES.map((recipe) => [recipe.page, () => recipePage(recipe)]),
]);

const PAGES = [...WRITTEN_PAGES, ...MADE.keys()];

/** What the pages of the site are built from. */
export const pageFiles = () => PAGES.map((page) => path.join(root, page));

/** All pages, by their place on the site. */
export const pageNames = () => PAGES;

/** The page that an address or a file is of. */
const pageOf = (file) =>
  path.isAbsolute(file) && file.startsWith(root) ? path.relative(root, file) : file.replace(/^\//, '');

/** A page that is a recipe, with its own code below it. */
async function withCode(page, here) {
  if (!RUNNING_PAGES.includes(here)) return page;
  const program = await readFile(path.join(root, here.replace('.html', '.ts')), 'utf8').catch(() => '');
  const [, main] = /<main>\n?([^]*?)\s*<\/main>/.exec(page) ?? [];
  if (!main || program.trim().length < 30) return page;
  const indent = /^ */.exec(main)[0].length;
  const code = html`<details class="source">
    <summary>The code of this page</summary>
    ${codeBlock(main.replaceAll(new RegExp(`^ {${indent}}`, 'gm'), ''), here)}
    ${codeBlock(program, here.replace('.html', '.ts'))}
  </details>`;
  return page.replace('</main>', (end) => `${code}${end}`);
}

const PROPERTIES = 'virtual:custom-properties';

/** A module with the custom properties of the view: what the manifest says of each, and what it is unless a page says so. */
async function customProperties() {
  const styles = await readFile(path.join(root, '../src/internal/styles/tokens.ts'), 'utf8');
  const initial = new Map(
    Array.from(styles.matchAll(/var\((--llm-[\w-]+), ((?:[^()]|\([^()]*\))+)\)/g), ([, name, value]) => [
      name,
      value,
    ]).reverse(),
  );
  const { cssProperties } = (await elements()).get('llm-trace-view');
  const all = cssProperties.map((one) => ({
    name: one.name,
    description: one.description,
    initial: initial.get(one.name) ?? one.default ?? '',
  }));
  return `export const customProperties = ${JSON.stringify(all)}`;
}

/** Plugin for Vite: serves and builds the pages. Sample traces keep their names, so that examples can name them. */
export const site = () => ({
  name: 'site',
  resolveId: (id) => (MADE.has(pageOf(id)) ? path.join(root, pageOf(id)) : id === PROPERTIES ? `\0${id}` : undefined),
  load: (id) => (id === `\0${PROPERTIES}` ? customProperties() : MADE.get(pageOf(id))?.()),
  transformIndexHtml: {
    order: 'pre',
    async handler(page, { path: address }) {
      const here = pageOf(address.replace(/\/$/, '/index.html'));
      if (!PAGES.includes(here)) return undefined;
      return withShell(
        await withCode(withBlocks(page.replace('<!-- recipes -->', recipeCards)), here),
        here,
        navigation(),
      );
    },
  },
  configureServer(server) {
    return () => {
      server.middlewares.use(async (request, response, next) => {
        const { pathname } = new URL(request.originalUrl ?? request.url, 'http://localhost');
        const make = MADE.get(pathname.slice(1));
        if (!make) return next();
        try {
          const page = await server.transformIndexHtml(pathname, await make());
          response.writeHead(200, { 'content-type': 'text/html' }).end(page);
        } catch (error) {
          next(error);
        }
      });
    };
  },
  async generateBundle() {
    const files = await readdir(path.join(root, 'traces'), { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const full = path.join(file.parentPath, file.name);
      this.emitFile({
        type: 'asset',
        fileName: path.relative(root, full).replaceAll('\\', '/'),
        source: await readFile(full),
      });
    }
  },
});
