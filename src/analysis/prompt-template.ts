/** A stretch of a template: its own words, or a variable with what was put in its place. */
export type TemplatePiece =
  | { readonly text: string; readonly variable?: undefined }
  /** `text` is `undefined` where the trace holds no value for the variable. */
  | { readonly variable: string; readonly text: string | undefined };

/** Places that are filled in; what is behind them stays as it is written. */
const MOST_PLACES = 2000;

/**
 * A place for a variable: `{{name}}` (Mustache, Handlebars, Jinja, Langfuse), `${name}`, `{name}` (Python's format strings,
 * LangChain).
 */
const PLACE = /\{\{\s*([\w.-]+)\s*\}\}|\$\{\s*([\w.-]+)\s*\}|\{([\w.-]+)\}/g;

/**
 * Fills a prompt's template in. A place in single braces that no variable has a name for is left as it is: templates hold
 * JSON, and code.
 */
export function filledTemplate(template: string, variables: ReadonlyMap<string, string>): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let end = 0;
  for (const match of template.matchAll(PLACE)) {
    const variable = (match[1] ?? match[2] ?? match[3])!;
    const text = variables.get(variable);
    if (text === undefined && match[1] === undefined) continue;
    if (match.index > end) pieces.push({ text: template.slice(end, match.index) });
    pieces.push({ variable, text });
    end = match.index + match[0].length;
    if (pieces.length >= MOST_PLACES) break;
  }
  if (end < template.length) pieces.push({ text: template.slice(end) });
  return pieces;
}
