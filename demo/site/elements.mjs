// The page of an element, made of the manifest and of its example: `examples/<tag>.html` is what a page would contain, and runs.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { html, highlighted, markup, sentence } from './markup.mjs';
import { pageWith } from './shell.mjs';

const exampleOf = (tag) =>
  readFile(fileURLToPath(new URL(`../examples/${tag}.html`, import.meta.url)), 'utf8').catch(() => undefined);

const nameOfType = ({ parsedType, type }) => (parsedType ?? type)?.text.replace(/ \| undefined$/, '') ?? '';

/** A table of the reference. Nothing, where there is nothing to list. */
function table(title, columns, rows) {
  if (!rows?.length) return undefined;
  return html`<h2 id="${title.toLowerCase().replaceAll(' ', '-')}">${title}</h2>
    <div class="table" tabindex="0" role="group" aria-label="${title}">
      <table>
        <thead>
          <tr>
            ${columns.map(([name]) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${columns.map(([, cell]) => html`<td>${cell(row)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

const code = (text) => (text === undefined || text === '' ? undefined : html`<code>${text}</code>`);

const described = ['What it is', ({ description }) => sentence(description)];
const named = ['Name', ({ name }) => code(name)];
const initial = ['Default', (one) => (one.default === 'undefined' ? undefined : code(one.default))];

function reference({ members, events, slots, cssParts, cssProperties, cssStates }) {
  const fields = members.filter(({ kind }) => kind === 'field');
  return [
    table(
      'Attributes and properties',
      [
        ['Property', ({ name, readonly }) => [code(name), readonly && ' read-only']],
        ['Attribute', ({ attribute }) => code(attribute)],
        described,
        ['Type', (field) => code(nameOfType(field))],
        initial,
      ],
      fields,
    ),
    table(
      'Methods',
      [
        [
          'Method',
          ({ name, parameters = [] }) =>
            code(`${name}(${parameters.map((one) => `${one.name}${one.optional ? '?' : ''}`).join(', ')})`),
        ],
        described,
        ['Gives', (method) => code(method.return?.type.text)],
      ],
      members.filter(({ kind }) => kind === 'method'),
    ),
    table('Events', [named, described, ['Class', ({ type }) => code(type?.text)]], events),
    table('Slots', [['Name', ({ name }) => (name ? code(name) : '(default)')], described], slots),
    table('Parts', [['::part()', ({ name }) => code(name)], described], cssParts),
    table('Custom properties', [named, described, initial], cssProperties),
    table('States', [[':state()', ({ name }) => code(name)], described], cssStates),
  ];
}

/** The code of an example, whose first tag of the element the page keeps up to date. */
function exampleCode(example, tag) {
  const [start] = new RegExp(`<${tag}[^>]*>`).exec(example);
  const at = example.indexOf(start);
  return html`<pre
    class="code"
    tabindex="0"
    role="group"
    aria-label="Code of the example"
  ><code>${highlighted(example.slice(0, at))}<span id="tag">${highlighted(start)}</span>${highlighted(example.slice(at + start.length).trimEnd())}</code></pre>`;
}

/** The page of an element. */
export async function elementPage(declaration) {
  const { tagName, name, summary, description, attributes, events } = declaration;
  const example = await exampleOf(tagName);
  const main = html`<h1><code>&lt;${tagName}&gt;</code></h1>
    <p class="lead">${sentence(summary)}</p>
    ${description
      .split(/\n{2,}/)
      .filter((text) => text !== summary)
      .map((text) => html`<p>${sentence(text.replaceAll('\n', ' '))}</p>`)}
    ${
      example &&
      html`<h2 id="example">Example</h2>
        <div class="example">${markup(example)}</div>
        <div class="try"></div>
        ${exampleCode(example, tagName)}`
    }
    <h2 id="import">Import</h2>
    <pre class="code" tabindex="0" role="group" aria-label="Import"><code>${highlighted(
      `import 'llm-trace-kit/define/${tagName}.js'; // registers the tag, and what it renders
import { ${name} } from 'llm-trace-kit/elements/${tagName}.js'; // the class alone`,
    )}</code></pre>
    ${reference(declaration)}`;
  return pageWith({
    title: tagName,
    main,
    script: 'element.ts',
    data: {
      tagName,
      attributes: attributes.map((one) => ({ ...one, type: nameOfType(one) })),
      events: events.map((event) => event.name),
    },
  });
}

/** All elements, each with a sentence. */
export const elementsPage = (tags, elements) =>
  pageWith({
    title: 'All elements',
    main: html`<h1>Elements</h1>
      <p class="lead">
        ${sentence('`<llm-trace-view>` shows a trace with everything. Each of its parts is an element too, for pages of your own making.')}
      </p>
      <ul class="cards">
        ${tags.map(
          (tag) =>
            html`<li>
              <a href="elements/${tag}.html"><code>&lt;${tag}&gt;</code></a> ${sentence(elements.get(tag).summary)}
            </li>`,
        )}
      </ul>
      <p>
        Each tag has a module, ${sentence('`llm-trace-kit/define/<tag>.js`')}. All of this is in
        ${sentence('`llm-trace-kit/custom-elements.json`')} too, for editors and tools.
      </p>`,
  });
