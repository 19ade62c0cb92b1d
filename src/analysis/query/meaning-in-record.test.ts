import { expect } from '@open-wc/testing';
import { readTraces } from '../../formats/index.js';
import type { Span } from '../../model/index.js';
import { sharedFiles, sharedText } from '../../test/shared-files.js';
import { meaningTexts, recordTexts } from './span-texts.js';
import { WordSearch } from './word-search.js';

/** Characters of a text that are looked for. */
const LONGEST = 500;
const FOLDERS = [
  'jaeger',
  'openinference',
  'otlp',
  'otlp-decoded',
  'tempo',
  'vercel-ai-sdk',
  'zipkin',
  'genai-attributes',
];

const shared = (await sharedFiles()).filter((file) => FOLDERS.includes(file.split('/')[0]!) && /\.jsonl?$/.test(file));
const samples = (await (await fetch('/demo/traces/index.json')).json()) as { file: string }[];

/** Texts that are shown of a span, and not found in its record. */
function notFound(span: Span): string[] {
  const texts: string[] = [];
  recordTexts(span, (text) => void texts.push(text));
  const missed: string[] = [];
  meaningTexts(span, (text) => {
    const word = new WordSearch(text.slice(0, LONGEST));
    if (!texts.some((other) => word.isIn(other))) missed.push(text);
  });
  return missed;
}

/** Looks at the spans whose readers promise it. Gives how many there are. */
async function check(text: string, file: string): Promise<number> {
  let count = 0;
  for (const trace of await readTraces(text)) {
    for (const span of trace.spans) {
      if (!trace.table.readers.at(trace.rowAt(span.index))!.isMeaningInRecord) continue;
      count++;
      expect(notFound(span), `${file} ${span.id}`).to.deep.equal([]);
    }
  }
  return count;
}

describe('isMeaningInRecord', () => {
  it('is true of the samples', async () => {
    let count = 0;
    for (const { file } of samples) {
      count += await check(await (await fetch(`/demo/traces/${file}`)).text(), file);
    }
    expect(count).to.be.above(30);
  });

  it('is true of real traces, where they are', async () => {
    let count = 0;
    for (const file of shared) count += await check((await sharedText(`fixtures/${file}`))!, file);
    if (shared.length > 0) expect(count).to.be.above(300);
  });
});
