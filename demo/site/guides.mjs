// Pages made of the project's Markdown. Every file of `docs/` is one.
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import { codeBlock, html, markup } from './markup.mjs';
import { pageWith } from './shell.mjs';

const at = (file) => fileURLToPath(new URL(`../../${file}`, import.meta.url));

/** Titles of the pages in the navigation, in its order; what is not named here comes after, by its file's name. */
const TITLES = new Map([
  ['docs/view.md', 'The view and its parts'],
  ['docs/query.md', 'Search language'],
  ['docs/reading.md', 'Reading and judging'],
  ['docs/tracing.md', 'Recording'],
  ['docs/backends.md', 'Backends'],
  ['docs/internals.md', 'Inside a model'],
  ['docs/frameworks.md', 'Frameworks'],
]);

const titled = (name) => name[0].toUpperCase() + name.slice(1);
const nameOf = (file) => file.replace(/^docs\/|\.md$/g, '').toLowerCase();

/** File, page and title of each guide. */
export const GUIDES = [
  ...new Set([
    ...TITLES.keys(),
    ...readdirSync(at('docs'))
      .sort()
      .map((file) => `docs/${file}`),
  ]),
  'SECURITY.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
]
  .filter((file) => file.endsWith('.md'))
  .map((file) => ({ file, page: `guides/${nameOf(file)}.html`, title: TITLES.get(file) ?? titled(nameOf(file)) }));

/** The id that a heading has on forges, so that links work on both. */
const idOf = (heading) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

/** Where a link of a guide leads on the site; what has no page here stays as it is written. */
function linkFrom(file, href) {
  const [target, hash] = href.split('#');
  if (!target || /^[a-z]+:/.test(target)) return href;
  const path = new URL(target, `file:///${file}`).pathname.slice(1);
  const guide = GUIDES.find((one) => one.file === path);
  if (guide) return `${guide.page.slice('guides/'.length)}${hash ? `#${hash}` : ''}`;
  if (path === 'README.md') return '../index.html';
  return path.startsWith('examples') ? '../index.html#frameworks' : href;
}

const markdown = new MarkdownIt();
markdown.renderer.rules.fence = ([...tokens], at) => String(codeBlock(tokens[at].content));
markdown.renderer.rules.code_block = markdown.renderer.rules.fence;
markdown.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>';
markdown.renderer.rules.table_close = () => '</table></div>';

/** The page of a guide. */
export async function guidePage({ file, page, title }) {
  const tokens = markdown.parse(await readFile(at(file), 'utf8'), {});
  const headings = [];
  for (const [place, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const words = tokens[place + 1].children.map(({ content }) => content).join('');
      token.attrSet('id', idOf(words));
      if (token.tag === 'h2') headings.push(words);
    }
    for (const child of token.children ?? []) {
      if (child.type === 'link_open') child.attrSet('href', linkFrom(file, child.attrGet('href')));
    }
  }
  const contents =
    headings.length > 2 &&
    html`<nav class="contents" aria-label="On this page">
      ${headings.map((words) => html`<a href="#${idOf(words)}">${words}</a>`)}
    </nav>`;
  const [first, ...rest] = markdown.renderer.render(tokens, markdown.options, {}).split('</h1>');
  return pageWith({ page, title, main: html`${markup(`${first}</h1>`)}${contents}${markup(rest.join('</h1>'))}` });
}

/** A page whose comments `block of <file>: <text>` are the code blocks of that file which have that text: code stands in one place. */
export function withBlocks(page) {
  return page.replace(/<!-- block of (\S+): (.*?) -->/g, (_, file, has) => {
    const block = markdown
      .parse(readFileSync(at(file), 'utf8'), {})
      .find(({ type, content }) => type === 'fence' && content.includes(has));
    if (!block) throw new Error(`${file} has no block with ${has}`);
    return String(codeBlock(block.content));
  });
}
