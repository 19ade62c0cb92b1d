// Takes comments and spaces out of `css` templates, and what lines are set in by out of those of `html`, which minifiers of
// JavaScript leave as they are: to a browser the same.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** Texts in quotes are left alone; the two ends of a piece may stand beside a value that is put in. */
const tightPiece = (text) =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/("[^"]*"|'[^']*')|\s+/g, (all, quoted) => quoted ?? ' ')
    .replace(/("[^"]*"|'[^']*')| ?([{};]) ?/g, (all, quoted, sign) => quoted ?? sign)
    .replace(/("[^"]*"|'[^']*')|([,:]) /g, (all, quoted, sign) => quoted ?? sign)
    .replace(/;\}/g, '}');

/** An end of a line stays one: it may keep words apart, and `internal/tight-html.ts` looks for it. */
const tightLines = (text) => text.replace(/\s*\n\s*/g, '\n');

const TIGHT = new Map([
  ['css', tightPiece],
  ['html', tightLines],
]);

/**
 * The same program, with tight templates; `undefined` where it has none.
 *
 * @param {string} code
 */
export function tightStyles(code) {
  if (!/\b(css|html)\s*`/.test(code)) return undefined;
  const source = ts.createSourceFile('styles.ts', code, ts.ScriptTarget.Latest);
  const changes = [];
  const visit = (node) => {
    ts.forEachChild(node, visit);
    const tighten = ts.isTaggedTemplateExpression(node) && TIGHT.get(node.tag.getText(source));
    if (!tighten) return;
    const { template } = node;
    const pieces = ts.isNoSubstitutionTemplateLiteral(template)
      ? [template]
      : [template.head, ...template.templateSpans.map(({ literal }) => literal)];
    let lines = 0;
    for (const piece of pieces) {
      // Without the signs around it: ` or } before, ` or ${ behind.
      const from = piece.getStart(source) + 1;
      const to = piece.getEnd() - (code[piece.getEnd() - 1] === '`' ? 1 : 2);
      const text = code.slice(from, to);
      const tight = tighten(text);
      lines += text.split('\n').length - tight.split('\n').length;
      changes.push({ from, to, text: tight });
    }
    // Ends of lines that are gone follow behind: what comes after stays in its line, as a source map has it.
    changes.push({ from: node.getEnd(), to: node.getEnd(), text: '\n'.repeat(lines) });
  };
  visit(source);
  let tight = '';
  let done = 0;
  for (const { from, to, text } of changes.sort((one, other) => one.from - other.from)) {
    tight += code.slice(done, from) + text;
    done = to;
  }
  return tight + code.slice(done);
}

/** For Vite. */
export const tightStylesPlugin = () => ({
  name: 'tight-styles',
  transform(code, id) {
    const tight = /\/src\/.*\.ts$/.test(id) ? tightStyles(code) : undefined;
    return tight === undefined ? undefined : { code: tight, map: null };
  },
});

/** Those of the modules in a folder. */
export async function tightenStyles(folder) {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.js')) continue;
    const file = path.join(folder, name);
    const tight = tightStyles(await readFile(file, 'utf8'));
    if (tight !== undefined) await writeFile(file, tight);
  }
}
