import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { readTraces } from '../formats/index.js';
import { addRecordedSpan, buildTraces, SpanTable, type RecordedSpan, type Trace } from '../model/index.js';
import { toHtmlFile } from './html-file.js';
import { recordedSpanOf } from './recorded-span.js';

const SAMPLES = ['rag-kensho', 'agent-tools', 'error-retry', 'nested-agents', 'chat-genai', 'streaming-reasoning'];

/** Has what would end a script, or begin a comment in one. */
const program = `const a = '</script><!--', b = /<\\/SCRIPT/;\r\nglobalThis.made = a + b;`;

const span: RecordedSpan = {
  traceId: 'a'.repeat(32),
  id: 'b'.repeat(16),
  name: 'work',
  kind: 'llm',
  start: 1_767_268_800_000,
};

function traceOf(...spans: RecordedSpan[]): Trace[] {
  const table = new SpanTable();
  for (const each of spans) addRecordedSpan(table, each);
  return buildTraces(table);
}

const facts = (traces: readonly Trace[]): unknown[] =>
  traces.map((trace) => [
    trace.name,
    Array.from(trace.spans, (each) => [recordedSpanOf(each), each.depth, each.label, each.duration?.toFixed(5)]),
  ]);

const parsed = (text: string): Document => new DOMParser().parseFromString(text, 'text/html');

describe('toHtmlFile', () => {
  for (const name of SAMPLES) {
    it(`is read back to the same spans: ${name}`, async () => {
      const response = await fetch(new URL(`../../demo/traces/${name}.json`, import.meta.url));
      const traces = await readTraces(await response.text());
      const text = await toHtmlFile(traces, { program });
      expect(facts(await readTraces(text))).to.deep.equal(facts(traces));
      expect(facts(await readTraces(new Blob([text])))).to.deep.equal(facts(traces));
    });
  }

  it('packs what is large, and is read back all the same', async () => {
    const small = await toHtmlFile(traceOf(span), { program });
    const traces = traceOf({ ...span, input: 'word '.repeat(100_000) });
    const large = await toHtmlFile(traces, { program });
    expect(small).to.contain('id="llm-trace-data" type="application/json"');
    expect(large).to.contain('id="llm-trace-data" type="application/gzip"');
    expect(large.length).to.be.below(50_000);
    expect(facts(await readTraces(large))).to.deep.equal(facts(traces));
  });

  it('is one document with three scripts, whatever the trace says', async () => {
    const word = fc.constantFrom(
      '</script>',
      '<!--',
      '-->',
      '<script>',
      ']]>',
      '"',
      "'",
      '&',
      '\0',
      '\r',
      '\u2028',
      'a',
      '<img src=x onerror=alert(1)>',
    );
    const hostile = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(''));
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const traces = traceOf({ ...span, name: text, input: text, attributes: { [text]: text } });
        const file = await toHtmlFile(traces, { program, title: text, selected: text, locale: text });
        const page = parsed(file);
        expect(page.querySelectorAll('script').length).to.equal(3);
        expect(page.querySelectorAll('*').length).to.equal(
          parsed(await toHtmlFile(traceOf(span), { program })).querySelectorAll('*').length,
        );
        expect(facts(await readTraces(file))).to.deep.equal(facts(traces));
      }),
      { numRuns: 60 },
    );
  });

  it('allows its own scripts and style by their hashes, and nothing else', async () => {
    const page = parsed(await toHtmlFile(traceOf(span), { program }));
    const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute('content')!;
    expect(policy).to.match(/^default-src 'none'; /);
    expect(policy).not.to.match(/unsafe|https?:|\*/);
    const inline = [...page.querySelectorAll('script:not([type]), style')];
    expect(inline.length).to.equal(3);
    for (const { textContent } of inline) {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(textContent));
      const hash = btoa(String.fromCharCode(...new Uint8Array(digest)));
      expect(policy).to.contain(`'sha256-${hash}'`);
    }
    const text = page.querySelectorAll('script')[1]!.textContent;
    expect(text).to.contain(`'\\x3c/script>\\x3c!--'`);
  });

  it('carries the language that it is in, where the script has it', async () => {
    const languages = { de: 'globalThis.german = 1;', zh: 'globalThis.chinese = 1;' };
    const script = async (locale: string): Promise<string> => {
      const page = parsed(await toHtmlFile(traceOf(span), { program: { program: 'made = 1', languages }, locale }));
      expect(page.documentElement.lang).to.equal(locale);
      return page.querySelectorAll('script')[1]!.textContent;
    };
    for (const locale of ['de', 'de-AT', 'DE']) expect(await script(locale)).to.equal(`made = 1;\n${languages.de}`);
    expect(await script('zh-CN')).to.equal(`made = 1;\n${languages.zh}`);
    for (const locale of ['en', 'fr', '__proto__', '']) expect(await script(locale)).to.equal('made = 1');
  });

  it('says what is missing where nobody has given the script', async () => {
    const error = await toHtmlFile(traceOf(span)).catch((failure: unknown) => failure);
    expect(error)
      .to.be.instanceOf(TypeError)
      .and.have.property('message')
      .that.matches(/provideProgram/);
  });

  it('does not read just any page, and says so of a damaged file', async () => {
    const page = await readTraces('<!doctype html><title>Sign in</title>').catch((error: unknown) => error);
    expect(page)
      .to.have.property('message')
      .that.matches(/web page \(“Sign in”\)/);
    const file = await toHtmlFile(traceOf({ ...span, input: 'word '.repeat(100_000) }), { program });
    const cut = file.slice(0, file.indexOf('application/gzip') + 200);
    const error = await readTraces(cut).catch((failure: unknown) => failure);
    expect(error)
      .to.be.instanceOf(Error)
      .and.have.property('name')
      .that.matches(/UnknownFormatError|TraceSyntaxError|TraceReadError/);
  });
});
