import { expect } from '@open-wc/testing';
import '../../define.js';
import { allByRole, allIn, byRole, loadedView, otlp, settled, textIn } from '../test-support.js';
import type { LlmTraceView } from '../llm-trace-view/llm-trace-view.js';

async function viewOf(attributes: Record<string, unknown>): Promise<LlmTraceView> {
  const view = await loadedView(otlp({ id: 'span', start: 0, end: 10, attributes }));
  view.selected = 'span';
  await settled(view);
  return view;
}

interface Sketch {
  id?: string;
  content?: string;
  score?: number;
  metadata?: unknown;
}

const documents = (prefix: string, sketches: readonly Sketch[]): Record<string, unknown> =>
  Object.fromEntries(
    sketches.flatMap(({ metadata, ...sketch }, place) => [
      ...Object.entries(sketch).map(([key, value]) => [`${prefix}.${place}.document.${key}`, value] as const),
      ...(metadata === undefined ? [] : [[`${prefix}.${place}.document.metadata`, JSON.stringify(metadata)] as const]),
    ]),
  );

const retriever = (sketches: readonly Sketch[]): Record<string, unknown> => ({
  'openinference.span.kind': 'RETRIEVER',
  ...documents('retrieval.documents', sketches),
});

const items = (root: ParentNode): string[] => allByRole(root, 'listitem').map(textIn);

describe('documents', () => {
  it('that say nearly the same are folded with their count, ranks kept', async () => {
    const text = 'Refunds are granted within fourteen days after the goods have arrived.';
    const view = await viewOf(
      retriever([
        { id: 'a', content: text, score: 0.9 },
        { id: 'b', content: 'Opened goods can only be exchanged.', score: 0.8 },
        { id: 'c', content: text.toUpperCase(), score: 0.7 },
      ]),
    );
    const panel = byRole(view, 'tabpanel', /Documents/);
    expect(items(panel)).to.have.length(2);
    expect(items(panel)[0]).to.contain('1 document says nearly the same');
    allIn(panel, 'details')[0]!.toggleAttribute('open', true);
    await settled(view);
    expect(items(panel)[1]).to.match(/^3 c 0\.7 REFUNDS/);
  });

  it('show their metadata as a table', async () => {
    const view = await viewOf(retriever([{ content: 'x', metadata: { source: 'policy.pdf', page: 3 } }]));
    const panel = byRole(view, 'tabpanel', /Documents/);
    allIn(panel, 'details')[0]!.toggleAttribute('open', true);
    await settled(view);
    expect(textIn(panel)).to.match(/Metadata source policy\. ?pdf page 3/);
  });

  it('of a reranker stand side by side, with how each moved', async () => {
    const view = await viewOf({
      'openinference.span.kind': 'RERANKER',
      ...documents('reranker.input_documents', [
        { id: 'a', content: 'first' },
        { id: 'b', content: 'second' },
        { id: 'c', content: 'third' },
      ]),
      ...documents('reranker.output_documents', [
        { id: 'c', content: 'third', score: 3 },
        { id: 'a', content: 'first', score: 1 },
      ]),
    });
    const [before, after] = allByRole(byRole(view, 'tabpanel', /Documents/), 'list');
    expect(items(before!)).to.deep.equal(['1 a now 2 first', '2 b left out second', '3 c now 1 third']);
    expect(items(after!)).to.deep.equal(['1 c ↑ 2, was 3 3 third', '2 a ↓ 1, was 1 1 first']);
  });
});

describe('texts of an embedding', () => {
  it('stand with the size and the beginning of their vectors, never with all numbers', async () => {
    const vector = (first: number): number[] => Array.from({ length: 1536 }, (_, index) => first + index);
    const view = await viewOf({
      'openinference.span.kind': 'EMBEDDING',
      'embedding.embeddings.0.embedding.text': 'how long do refunds take',
      'embedding.embeddings.0.embedding.vector': vector(0),
      'embedding.embeddings.1.embedding.text': 'refund period',
      'embedding.embeddings.1.embedding.vector': vector(5000),
    });
    const panel = byRole(view, 'tabpanel', /Texts/);
    expect(items(panel)).to.deep.equal([
      '1 how long do refunds take vector of 1,536 numbers: 0; 1; 2; 3; 4; …',
      '2 refund period vector of 1,536 numbers: 5,000; 5,001; 5,002; 5,003; 5,004; …',
    ]);
  });
});
