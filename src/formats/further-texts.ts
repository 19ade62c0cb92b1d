import { dataOfHtmlFile } from './html-file.js';
import { readInput, type Input } from './input.js';
import { parseTextInSteps, type ParsedText } from './parse-text.js';
import { inSlices } from './slices.js';

export { StreamedLines } from './streamed-lines.js';

/**
 * What any text holds, an HTML file that this kit wrote too.
 *
 * @throws {EmptyInputError | UnknownFormatError | TraceSyntaxError}
 */
export async function parsedText(text: string, signal: AbortSignal | undefined): Promise<ParsedText> {
  const data = dataOfHtmlFile(text);
  const source: Input = data === undefined ? { text } : await readInput(data, { signal });
  if ('text' in source) return inSlices(parseTextInSteps(source.text), signal);
  return { value: 'bytes' in source ? source.bytes : source.value, problems: [] };
}
