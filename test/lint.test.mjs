// The rules that keep data from becoming markup or code: each must find what it is for.
import assert from 'node:assert/strict';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { childPositions } from '../scripts/lint/typed-bindings.mjs';

const cwd = fileURLToPath(new URL('..', import.meta.url));
// The rules that know types must see the text given here, not the file on disk, as they would where CI is set.
const overrideConfig = { languageOptions: { parserOptions: { disallowAutomaticSingleRunInference: true } } };
const eslint = new ESLint({ cwd, overrideConfig });
const LIT = "import { html } from 'lit';\ndeclare const data: unknown;\ndeclare const element: HTMLElement;\n";

/** The rules that a program breaks where it stands in a file, of those that this is about. */
async function broken(program, file = 'src/internal/json-text.ts') {
  const [{ messages }] = await eslint.lintText(LIT + program, { filePath: path.join(cwd, file) });
  const fatal = messages.find((message) => message.fatal);
  assert.equal(fatal, undefined, fatal?.message);
  const rules =
    /^(no-restricted-(syntax|imports)|no-eval|no-new-func|no-script-url|(kit|readers)\/.*|.*no-implied-eval)$/;
  return [...new Set(messages.map(({ ruleId }) => ruleId).filter((rule) => rules.test(rule)))];
}

const BAD = {
  'no-restricted-syntax': [
    'element.innerHTML = String(data);',
    "element['outerHTML'] = String(data);",
    'Object.assign(element, { innerHTML: data });',
    "element.insertAdjacentHTML('beforeend', String(data));",
    '(element as any).setHTML(data);',
    '(element as any).setHTMLUnsafe(data);',
    '(Document as any).parseHTMLUnsafe(data);',
    'document.createRange().createContextualFragment(String(data));',
    'document.write(String(data));',
    'element.ownerDocument.writeln(String(data));',
    "new DOMParser().parseFromString(String(data), 'text/html');",
    "(window as any).trustedTypes.createPolicy('own', {});",
    'export const page = html`<p .innerHTML=${String(data)}></p>`;',
    'export const page = html`<iframe srcdoc=${String(data)}></iframe>`;',
    'export const page = html`<p style="color: red"></p>`;',
    'export const page = html`<p onclick=${String(data)}></p>`;',
    'export const page = html`<script src=${String(data)}></script>`;',
    "element.setAttribute('onclick', String(data));",
    "element.setAttribute('style', String(data));",
    'element.setAttribute(String(data), "");',
    'await import(String(data));',
    'window.eval(String(data));',
    "[].constructor.constructor('alert(1)')();",
    'window.location = String(data) as any;',
    'location.href = String(data);',
    'window.open(String(data));',
    "import { unsafeCSS } from 'lit';\nunsafeCSS(data);",
  ],
  'no-restricted-imports': ['unsafe-html', 'unsafe-svg', 'unsafe-mathml', 'style-map'].map(
    (name) => `import * as made from 'lit/directives/${name}.js';\nvoid made;`,
  ),
  'no-eval': ['eval(String(data));'],
  'no-new-func': ['new Function(String(data))();'],
  'no-script-url': ["export const address = 'javascript:alert(1)';"],
  '@typescript-eslint/no-implied-eval': ["setTimeout('alert(1)');"],
  'kit/typed-bindings': [
    'export const page = html`<p>${data}</p>`;',
    'export const page = html`<p>${data as any}</p>`;',
    'export const page = html`<p>${[data]}</p>`;',
    'export const page = html`<p>${JSON.parse("{}")}</p>`;',
    'export const page = html`<p>${data as string | object}</p>`;',
    'export const page = html`<p>${data as { toString(): string }}</p>`;',
    'export const page = html`<p title=${data}></p>`;',
    'export const page = html`<llm-json .value=${data}></llm-json>`;',
    'export const page = <T>(item: T) => html`<p>${item}</p>`;',
    "import { repeat } from 'lit/directives/repeat.js';\nexport const page = html`${repeat([data], (item) => item)}`;",
  ],
};
BAD['no-restricted-imports'].push("import { html as made } from 'lit/static-html.js';\nvoid made;");

const GOOD = `
import { nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
declare const words: readonly string[];
export const page = (content?: TemplateResult) => html\`<p title=\${words[0] ?? nothing} .value=\${{ value: data }}>
  \${words.map((word) => html\`<b>\${word}</b>\`)} \${words.length} \${content ?? nothing}
  \${repeat(words, (word) => html\`<i .style=\${'color: red'}>\${word}</i>\`)}
</p>\`;
element.textContent = String(data);
`;

for (const [rule, programs] of Object.entries(BAD)) {
  test(`${rule} finds what it is for`, async () => {
    for (const program of programs) assert.ok((await broken(program)).includes(rule), program);
  });
}

test('the rules leave alone what is safe', async () => {
  assert.deepEqual(await broken(GOOD), []);
});

test('the rules hold in every layer, and in the entry points', async () => {
  for (const file of [
    'src/elements/llm-json/llm-json.ts',
    'src/formats/row.ts',
    'src/store/index.ts',
    'src/index.ts',
  ]) {
    const found = await broken(
      "import { unsafeHTML } from 'lit/directives/unsafe-html.js';\nelement.innerHTML = unsafeHTML(data);",
      file,
    );
    assert.deepEqual(found.sort(), ['no-restricted-imports', 'no-restricted-syntax'], file);
  }
});

test('a child binding is told from one inside a tag', () => {
  assert.deepEqual(childPositions(['<p title=', '>', ' < ', '<br>', '<a b="x > ', '">', '</a>']), [
    false,
    true,
    true,
    true,
    false,
    true,
  ]);
});

test('readers/safe-conversions finds what may throw when it is made a number or a text', async () => {
  const type = 'declare const item: { part: unknown; name: string; size?: number };\n';
  const bad = ['Number(data);', 'String(item.part);', 'BigInt(data as any);', '`${item.part}`;', 'String(item);'];
  for (const program of bad) {
    const found = await broken(`${type}export const made = ${program}`, 'src/formats/row.ts');
    assert.deepEqual(found, ['readers/safe-conversions'], program);
  }
  const good = ['Number(item.name);', 'String(item.size);', '`${item.name} ${item.size}`;', 'html`${item.name}`;'];
  for (const program of good) {
    assert.deepEqual(await broken(`${type}export const made = ${program}`, 'src/formats/row.ts'), [], program);
  }
});
