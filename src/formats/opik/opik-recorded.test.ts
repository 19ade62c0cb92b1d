import { expect } from '@open-wc/testing';
import { spanNamed } from '../../test/format-checks.js';
import { ANSWER, expectStory, FAILURE, QUESTION } from '../../test/support-story.js';
import { vendorText } from '../../test/vendor-files.js';
import { readTraces } from '../read-traces.js';

interface Sent {
  id: string;
  name: string;
  start_time: string;
  end_time: string;
}

describe('what Opik’s SDK for TypeScript sends', () => {
  it('is one trace, whose record stands above its spans', async () => {
    const text = await vendorText('opik.jsonl');
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    expectStory(trace!, 'search help pages');
    expect(trace!).to.include({ format: 'opik', name: 'support question' });
    expect([...trace!.tags]).to.deep.equal(['support', 'parcels']);

    const bodies = text.trim().split('\n').map((line) => JSON.parse(line) as { traces?: Sent[]; spans?: Sent[] }); // prettier-ignore
    const sent = bodies.flatMap(({ traces = [], spans = [] }) => [...traces, ...spans]);
    expect(trace!.spans).to.have.length(sent.length);
    for (const { id, name, start_time: start, end_time: end } of sent) {
      expect(trace!.span(id)!).to.include({ name, start: Date.parse(start), end: Date.parse(end) });
    }
    const root = trace!.roots[0]!;
    expect(root.id).to.equal(trace!.id);
    expect([root.input, root.output]).to.deep.equal([{ question: QUESTION }, { answer: ANSWER }]);
  });

  it('knows calls by model and usage, and retrievers by documents', async () => {
    const [trace] = await readTraces(await vendorText('opik.jsonl'));
    const kinds = [...trace!.spans].map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['span', 'retriever', 'llm', 'tool', 'tool', 'llm']);
    const [exception] = spanNamed(trace!, 'check_customs').exceptions;
    expect(exception).to.include({ type: 'Error', message: FAILURE });
    expect(exception!.stacktrace).to.match(/^Error: .*\n {4}at checkCustoms /);
  });

  it('has its scores once, and reports those of what is not there', async () => {
    const text = await vendorText('opik.jsonl');
    const lost = JSON.stringify({ scores: [{ id: 'elsewhere', name: 'lost', value: 1 }] });
    const [trace] = await readTraces(`${text.trim()}\n${lost}`);
    expect(trace!.scores).to.deep.equal([
      { name: 'helpful', value: 1, explanation: 'The customer said thank you.', source: 'sdk' },
    ]);
    expect([...trace!.spans].flatMap(({ scores }) => scores)).to.deep.equal([]);
    expect(trace!.problems.map(({ message }) => message)).to.deep.equal([
      '1 score is of a span or a trace that is not here and left out.',
    ]);
  });
});
