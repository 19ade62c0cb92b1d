import { html as spacedHtml, type TemplateResult } from 'lit';

const known = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/** A piece without the ends of lines that only keep tags apart. Those inside of a tag, and beside words, stay. */
const withoutSpaces = (piece: string): string =>
  piece
    .replace(/^\s*\n\s*$/, '')
    .replace(/>\s*\n\s*$/, '>')
    .replace(/(^|>)\s*\n\s*</g, '$1<');

function tightened(strings: TemplateStringsArray): TemplateStringsArray {
  let tight = known.get(strings);
  if (!tight) {
    const pieces = strings.map(withoutSpaces);
    // As Lit's own `static-html` makes the strings of a template.
    known.set(strings, (tight = Object.assign(pieces, { raw: pieces })));
  }
  return tight;
}

/**
 * As Lit's `html`, without the ends of lines between tags, and between a tag and an expression: each would be a node, in the
 * template and in all that is made of it. For what is shown at first, where nothing depends on a space: it stands in a flex
 * box or a grid, or has a margin.
 */
export const html = (strings: TemplateStringsArray, ...values: unknown[]): TemplateResult<1> =>
  spacedHtml(tightened(strings), ...values);
