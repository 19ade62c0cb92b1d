// What every page of the site has around its `<main>`: head, the name, the navigation, the choice of colours.
import { html, markup } from './markup.mjs';

/** A page of its own: a title and what stands in `<main>`. */
export const pageWith = ({ title, main, script, data }) =>
  String(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title} · llm-trace-kit</title>
          <link rel="icon" href="data:," />
        </head>
        <body>
          <main>${main}</main>
          ${
            data &&
            html`<script type="application/json" id="data">
              ${markup(JSON.stringify(data).replaceAll('<', '\\u003c'))}
            </script>`
          }
          ${script && html`<script type="module" src="/${script}"></script>`}
        </body>
      </html>`,
  );

/** Before anything is painted: the colours that the person chose on another page. */
const EARLY = "try{document.documentElement.dataset.theme=localStorage.getItem('theme')||'auto'}catch{}";

function navigationOf(groups, here, root) {
  return groups.map(
    ([title, pages]) =>
      html`<details ${markup(pages.some(([file]) => file === here) || title === 'Start' ? 'open' : '')}>
        <summary>${title}</summary>
        <ul>
          ${pages.map(
            ([file, name]) =>
              html`<li><a href="${root}${file}" ${markup(file === here ? 'aria-current="page"' : '')}>${name}</a></li>`,
          )}
        </ul>
      </details>`,
  );
}

/**
 * A page with all that surrounds its `<main>`.
 *
 * @param {string} page the HTML as it is written
 * @param {string} here its file, from the root of the site
 * @param {[string, [string, string][]][]} groups of the navigation
 */
export function withShell(page, here, groups) {
  const root = '../'.repeat(here.split('/').length - 1);
  const before = html`<a class="skip" href="#content">Skip to the content</a>
    <header class="site">
      <button type="button" class="menu" popovertarget="site-navigation">Menu</button>
      <a class="name" href="${root}index.html">llm-trace-kit</a>
      <label class="theme"
        >Colours
        <select>
          <option>auto</option>
          <option>light</option>
          <option>dark</option>
        </select>
      </label>
    </header>
    <nav class="site" id="site-navigation" popover aria-label="Site">${navigationOf(groups, here, root)}</nav>`;
  return page
    .replace('</title>', (end) => `${end}\n<script>${EARLY}</script>\n<link rel="stylesheet" href="/site.css" />`)
    .replace(/<body[^>]*>/, (start) => `${start}${before}`)
    .replace('<main', '<main id="content"')
    .replace('</body>', (end) => `<script type="module" src="/site.ts"></script>${end}`);
}
