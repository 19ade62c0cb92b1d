import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { de } from '../i18n/de.js';
import { zh } from '../i18n/zh.js';
import { addRecordedSpan, buildTraces, SpanTable, type RecordedSpan, type Trace } from '../model/index.js';
import { toMarkdown } from './markdown.js';

const START = 1_767_268_800_000;

function traceOf(...spans: Partial<RecordedSpan>[]): Trace {
  const table = new SpanTable();
  spans.forEach((span, index) =>
    addRecordedSpan(table, {
      traceId: 'a'.repeat(32),
      id: String(index),
      name: `span ${index}`,
      kind: 'chain',
      start: START + index,
      end: START + 1000 + index,
      ...span,
    }),
  );
  return buildTraces(table)[0]!;
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const family = (count: number, more: (index: number) => Partial<RecordedSpan> = () => ({})): Trace =>
  traceOf({ name: 'root' }, ...Array.from({ length: count }, (_, index) => ({ parentId: '0', ...more(index) })));

describe('toMarkdown', () => {
  it('tells the tree, then what went in and came out, failed spans first', () => {
    const trace = traceOf(
      { name: 'answer', input: 'Why?', output: 'Because.' },
      { name: 'search', parentId: '0', kind: 'tool', input: { q: 'why' }, status: 'error', statusMessage: 'timed out' },
      { name: 'chat', parentId: '0', kind: 'llm', model: 'gpt-5', usage: { input: 10, output: 5 } },
    );
    const text = toMarkdown(trace);
    expect(text).to.match(/^# `answer`\n\nTrace `a+`, 3 spans, 1\.00 s, .*, 15 tokens, 1 error\n/);
    expect(text).to.contain('- `answer` chain, 1.00 s, 15 tokens\n  - `search` tool, 1.00 s, **error** `timed out`\n');
    expect(text).to.contain('  - `chat` llm, `gpt-5`, 1.00 s, 15 tokens\n');
    expect(text.indexOf('### `search` (tool, error)')).to.be.within(0, text.indexOf('### `answer`'));
    expect(text).to.contain('Error:\n\n```\ntimed out\n```\n');
    expect(text).to.contain('Input:\n\n```json\n{"q":"why"}\n```\n');
  });

  for (const [messages, words] of [
    [de, ['3 Spans', '15 Tokens', '1 Fehler', '1,00 s', '## Eingaben und Ausgaben', 'Eingabe:', '**Fehler**']],
    [zh, ['3 个 Span', '15 个 Token', '1 个错误', '1.00 s', '## 输入与输出', '输入:', '**错误**']],
  ] as const) {
    it(`is in the language of the page: ${messages.locale}`, () => {
      const trace = traceOf(
        { name: 'answer', input: 'Why?', output: 'Because.' },
        { name: 'search', parentId: '0', kind: 'tool', status: 'error', statusMessage: 'timed out' },
        { name: 'chat', parentId: '0', kind: 'llm', usage: { input: 10, output: 5 } },
      );
      const text = toMarkdown(trace, { messages });
      for (const word of words) expect(text).to.contain(word);
      expect(text).not.to.match(/Inputs|Output|not shown|[^*]\berror\b/);
      const cut = toMarkdown(
        family(500, () => ({ input: 'x'.repeat(9000) })),
        { tokens: 900, messages },
      );
      expect(cut).not.to.match(/inside|more spans|left out|Input/);
      expect(bytes(cut)).to.be.at.most(900 * 4 + 64);
    });
  }

  it('tells of a span only what is inside it', () => {
    const text = toMarkdown(
      traceOf({ name: 'outer' }, { name: 'inner', parentId: '0' }, { name: 'leaf', parentId: '1' }).spans.at(1)!,
    );
    expect(text).to.match(/^# `inner`\n\nPart of trace/);
    expect(text).to.contain('\n- `inner` chain').and.contain('\n  - `leaf` chain').and.not.contain('outer');
  });

  it('keeps to its budget, whatever the trace', () => {
    const sized = fc.record({
      input: fc.string({ maxLength: 5000 }),
      output: fc.string({ unit: 'binary', maxLength: 3000 }),
    });
    fc.assert(
      fc.property(fc.array(sized, { maxLength: 30 }), fc.integer({ min: 100, max: 4000 }), (contents, tokens) => {
        const text = toMarkdown(
          family(contents.length, (index) => contents[index]!),
          { tokens },
        );
        // Names and the heading are always there.
        expect(bytes(text)).to.be.at.most(tokens * 4 + 64);
      }),
    );
  });

  it('keeps short texts whole, cuts long ones to one length, and says so', () => {
    const text = toMarkdown(
      traceOf({ input: 'short', output: 'x'.repeat(20_000) }, { input: 'y'.repeat(50_000), output: 'brief' }),
      { tokens: 1000 },
    );
    expect(text).to.contain('```\nshort\n```').and.contain('```\nbrief\n```');
    const [x, y] = [text.match(/x/g)!.length, text.match(/y/g)!.length];
    expect(Math.abs(x - y)).to.be.below(40);
    expect(text).to.contain(`… ${(20_000 - x).toLocaleString('en')} characters left out …`);
  });

  it('shows failed spans with all that they are in where there is no room for all, and counts the others', () => {
    const trace = family(500, (index) => (index === 400 ? { name: 'broken', status: 'error' } : {}));
    const text = toMarkdown(trace, { tokens: 300 });
    expect(text).to.contain('- `root`').and.contain('`broken`');
    const shown = text.match(/^ *- /gm)!.length;
    expect(text).to.contain(`(${501 - shown} inside not shown)`);
  });

  it('gives no text a way out of its block, and no name out of its line', () => {
    const parser = new MarkdownIt();
    const word = fc.constantFrom(
      '`',
      '``',
      '```',
      '~~~',
      '\n',
      '\r',
      ' ',
      '# ',
      '- ',
      '<b>',
      '@you',
      '](x)',
      '\u2028',
      'a',
      '\t',
    );
    const hostile = fc.array(word, { maxLength: 30 }).map((words) => words.join(''));
    fc.assert(
      fc.property(hostile, hostile, (name, input) => {
        const plain = parser.parse(toMarkdown(traceOf({ name: 'a', input: 'b' })), {});
        const tokens = parser.parse(toMarkdown(traceOf({ name, input: `b${input}` })), {});
        expect(tokens.map(({ type }) => type)).to.deep.equal(plain.map(({ type }) => type));
        const inline = tokens.flatMap(({ children }) => children ?? []).map(({ type }) => type);
        expect(inline).not.to.include('html_inline');
        expect(inline).not.to.include('link_open');
      }),
    );
  });
});
