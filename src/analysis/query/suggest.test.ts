import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { buildTraces, type SpanReader, type Trace } from '../../model/index.js';
import { tableOf, type SpanSketch } from '../../test/trace-builder.js';
import { parseQuery } from './parse-query.js';
import { suggest } from './suggest.js';
import { fewLetters, traces } from './test-queries.js';

const reader: SpanReader = {
  format: 'test',
  record: (raw) => ({
    attributes: new Map(Object.entries(raw as Record<string, unknown>)),
    events: [],
    links: [],
    resource: new Map(),
    scope: {},
  }),
  meaning: () => ({}),
};

const spans: SpanSketch[] = [
  { id: 'a1', name: 'agent run', kind: 'agent', sessionId: 's-17', raw: { 'gen_ai.system': 'openai', plain: true } },
  { id: 'a2', parentId: 'a1', name: 'chat', kind: 'llm', model: 'gpt-4.1', raw: { 'gen_ai.system': 'openai' } },
  {
    id: 'a3',
    parentId: 'a1',
    name: 'chat',
    kind: 'llm',
    model: 'gpt-5 mini',
    raw: { 'gen_ai.system': 'azure', 'odd key': 1 },
  },
  { id: 'a4', parentId: 'a1', name: 'chat', kind: 'llm', model: 'gpt-5 mini', raw: {} },
];
const trace = buildTraces(tableOf(spans, reader))[0]!;

/** What a query becomes with each suggestion; the caret is at the bar. */
function taken(written: string, ...on: Trace[]): string[] {
  const caret = written.indexOf('|');
  const text = written.replace('|', '');
  const { start, end, items } = suggest(text, caret, on.length ? on : trace);
  return items.map((item) => text.slice(0, start) + item.text + text.slice(end));
}

describe('suggest', () => {
  it('offers fields where nothing is written', () => {
    expect(taken('|')).to.include.members(['kind:', 'tokens>', 'model:']);
    expect(taken('refund |')).to.include('refund status:');
    expect(taken('(a or -|')[0]).to.match(/^\(a or -\w+:$/);
  });

  it('offers the values that occur, the most frequent first', () => {
    expect(taken('model:|')).to.deep.equal(['model:"gpt-5 mini"', 'model:gpt-4.1']);
    expect(taken('a -model:4.|1 b')).to.deep.equal(['a -model:gpt-4.1 b']);
    expect(taken('model:"gpt-5 m|')).to.deep.equal(['model:"gpt-5 mini"']);
    expect(taken('session:|')).to.deep.equal(['session:s-17']);
    expect(suggest('model:', 6, [trace, trace]).items[0]).to.deep.include({ kind: 'value', field: 'model', count: 4 });
  });

  it('offers the words that a field knows, the beginning of them first', () => {
    expect(taken('kind: t|')[0]).to.equal('kind:tool');
    expect(taken('is:|')).to.deep.equal(['is:running', 'is:root', 'is:leaf', 'is:orphan']);
    expect(suggest('has:im', 6).items[0]).to.deep.include({ text: 'has:images', summary: 'images in its messages' });
  });

  it('offers attributes and their values', () => {
    expect(taken('gen_ai|')).to.include('gen_ai.system:');
    expect(taken('odd|')).to.include('attr."odd key":');
    expect(taken('attr.pl|')).to.include('attr.plain:');
    expect(taken('gen_ai.system:|')).to.deep.equal(['gen_ai.system:openai', 'gen_ai.system:azure']);
  });

  it('offers what a word may be a value of, and a span by its id', () => {
    expect(taken('gpt|')).to.deep.equal(['model:"gpt-5 mini"', 'model:gpt-4.1']);
    expect(taken('ch|')).to.include('name:chat');
    expect(taken('a3|')[0]).to.equal('id:a3');
  });

  it('offers nothing where nothing is known', () => {
    expect(taken('tokens>5|')).to.deep.equal([]);
    expect(taken('"zebra|')).to.deep.equal([]);
    expect(suggest('', 0).items).not.to.be.empty;
    expect(suggest('k', 1, trace, { most: 1 }).items).to.have.length(1);
  });

  it('works anywhere in any text, and its values can be searched for', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'name:',
        'kind:',
        'model:',
        'attr.',
        'attr."',
        'b.c:',
        'x',
        ' ',
        '"',
        '(',
        ')',
        '-',
        '>',
        '*',
        'or',
      ),
      fewLetters,
    );
    let values = 0;
    fc.assert(
      fc.property(traces, fc.array(piece, { maxLength: 6 }), fc.nat(30), (any, pieces, at) => {
        const text = pieces.join('');
        const caret = Math.min(at, text.length);
        const { start, end, items } = suggest(text, caret, any);
        expect(start).to.be.within(0, caret);
        expect(end).to.be.within(caret, text.length);
        for (const item of items) {
          if (item.kind !== 'value') continue;
          values++;
          const { type } = parseQuery(item.text);
          expect(type).to.be.oneOf(['field', 'attribute']);
        }
      }),
      { numRuns: 500 },
    );
    expect(values).to.be.above(40);
  });
});
