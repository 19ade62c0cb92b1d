import { expect } from '@open-wc/testing';
import { onlyTrace, openAll, readWith, spanNamed, survivesAnything } from '../test/format-checks.js';
import { vendorText } from '../test/vendor-files.js';
import { mastra } from './mastra.js';
import { readTraces } from './read-traces.js';

interface Sent {
  id: string;
  name: string;
  type: string;
  parentSpanId?: string;
  entityId: string;
  startTime: string;
  endTime: string;
  input?: unknown;
  output?: { text?: string; toolCalls?: { toolCallId: string }[] };
  errorInfo?: { message: string; stack: string };
  attributes: { completionStartTime?: string; usage?: { inputTokens?: number; outputTokens?: number } };
}

const KINDS: Readonly<Record<string, string>> = { workflow_run: 'chain', workflow_step: 'chain', agent_run: 'agent', model_generation: 'chain', model_step: 'chain', model_inference: 'llm', tool_call: 'tool' }; // prettier-ignore
const TRACE = '0fcad3403165c4ba7b4a3d5e534fe17b';

describe('what Mastra’s platform exporter sent', () => {
  const read = async () => {
    const text = await vendorText('mastra.jsonl');
    const bodies = text.trim().split('\n').map((line) => JSON.parse(line) as { spans: Sent[] }); // prettier-ignore
    const [trace, ...others] = await readTraces(text);
    expect(others).to.deep.equal([]);
    return { bodies, trace: trace!, sent: bodies[0]!.spans };
  };

  it('is one tree with all its spans, each call of the model counted once', async () => {
    const { trace, sent } = await read();
    expect([trace.format, trace.id, trace.problems]).to.deep.equal(['mastra', TRACE, []]);
    expect([trace.sessionId, trace.userId, trace.tags]).to.deep.equal(['session-7f3a', 'user-82', ['support', 'parcels']]); // prettier-ignore
    expect(trace.spans).to.have.length(sent.length);
    for (const { id, parentSpanId, name, type, entityId, startTime, endTime, attributes, errorInfo } of sent) {
      const span = trace.span(id)!;
      expect([span.name, span.kind, span.label]).to.deep.equal([name, KINDS[type], entityId]);
      expect(span.parent?.id).to.equal(parentSpanId);
      expect([span.start, span.end]).to.deep.equal([Date.parse(startTime), Date.parse(endTime)]);
      const { inputTokens: input, outputTokens: output } = attributes.usage ?? {};
      expect(span.usage?.input, name).to.equal(input);
      expect(span.usage?.output, name).to.equal(output);
      const first = Date.parse(attributes.completionStartTime ?? '') - Date.parse(startTime);
      // That of the second step is of the first one, before the second began.
      expect(span.timeToFirstToken, name).to.equal(first >= 0 ? first : undefined);
      const isOfModel = type.startsWith('model_');
      expect([span.model, span.provider], name).to.deep.equal(isOfModel ? ['gpt-4o-mini', 'openai'] : [undefined, undefined]); // prettier-ignore
      expect(span.exceptions.map(({ message, stacktrace }) => [message, stacktrace])).to.deep.equal(
        errorInfo ? [[errorInfo.message, errorInfo.stack]] : [],
      );
      // Written twice by the SDK.
      expect([span.attributes.get('id'), span.attributes.get('spanId')]).to.deep.equal([id, undefined]);
    }
    expect(trace.usage).to.deep.equal({ input: 52, output: 15, total: 67, cacheRead: 0, reasoning: 0 });
    expect([...trace.spans].flatMap(({ kind, status }) => (kind === 'tool' ? [status] : []))).to.deep.equal(['ok', 'error']); // prettier-ignore
    openAll([trace]);
  });

  it('has the turns, tools and parameters of each call', async () => {
    const { trace, sent } = await read();
    for (const { id, parentSpanId, output } of sent.filter(({ type }) => type === 'model_inference')) {
      const span = trace.span(id)!;
      const step = sent.find((other) => other.id === parentSpanId)!;
      const asked = span.messages.filter(({ origin }) => origin === 'input');
      expect(asked.map(({ role }) => role)).to.deep.equal((step.input as { role: string }[]).map(({ role }) => role));
      const [answer, ...more] = span.messages.filter(({ origin }) => origin === 'output');
      expect(more).to.deep.equal([]);
      expect(answer!.parts.map((part) => (part.type === 'text' ? part.text : part.type === 'tool-call' ? part.id : ''))).to.deep.equal([...(output!.text ? [output!.text] : []), ...output!.toolCalls!.map(({ toolCallId }) => toolCallId)]); // prettier-ignore
      expect(answer!.finishReason).to.equal(answer!.parts[0]!.type === 'text' ? 'stop' : 'tool-calls');
      expect(span.parameters.get('maxRetries')).to.equal(0);
    }
    const [first, , last] = [...trace.spans].filter(({ kind }) => kind === 'llm');
    expect(first!.tools.map(({ name, description }) => [name, description])).to.deep.equal([
      ['look_up_parcel', 'Says where a parcel is.'],
      ['check_customs', 'Says which customs are due for a parcel.'],
    ]);
    expect(last!.tools).to.deep.equal([]);
    expect(spanNamed(trace, "tool: 'check_customs'").tools).to.deep.equal([
      { name: 'check_customs', description: 'Says which customs are due for a parcel.' },
    ]);
  });

  it('tells the turns of an agent and of a whole generation in their order', async () => {
    const { trace } = await read();
    const generation = spanNamed(trace, "llm: 'gpt-4o-mini'");
    expect(generation.messages.slice(-2).map(({ parts, finishReason }) => [parts.map(({ type }) => type), finishReason])).to.deep.equal([[['tool-call', 'tool-call'], undefined], [['text'], 'stop']]); // prettier-ignore
    const agent = spanNamed(trace, "agent run: 'summary'");
    expect(agent.messages.map(({ role, parts }) => [role, parts[0]])).to.deep.equal([
      ['system', { type: 'text', text: 'You sum up a conversation in one line.' }],
      ['user', { type: 'text', text: agent.input }],
      ['assistant', { type: 'text', text: 'Parcel 4711 is at customs; the customs due are not known.' }],
    ]);
  });

  it('has its scores: of the trace, of a span, or of neither', async () => {
    const { bodies, trace, sent } = await read();
    const helpful = { name: 'helpful', value: 1, explanation: 'The customer said thank you.' };
    expect(trace.scores).to.deep.equal([helpful]);
    const { id } = sent[0]!;
    const feedback = { feedbackId: 'f', traceId: TRACE, spanId: id, feedbackType: 'thumbs', value: 1, comment: 'Yes' };
    const lost = { scorerId: 'x', score: 0, traceId: 'ab' };
    const judged = readWith(mastra, [{ feedback: [feedback, { value: 1 }] }, ...bodies, { scores: [lost, lost] }])[0]!;
    expect(judged.span(id)!.scores).to.deep.equal([{ name: 'thumbs', value: 1, explanation: 'Yes', source: 'human' }]);
    expect(judged.scores).to.deep.equal([helpful]);
    expect(judged.problems.map(({ message }) => message)).to.deep.equal([
      'A score of an unknown shape was left out.',
      '2 scores are of a trace that is not here and left out.',
    ]);
  });

  it('takes the outermost span for the call where there is no other', async () => {
    const { sent } = await read();
    const without = (...types: readonly string[]) => sent.filter(({ type }) => !types.includes(type));
    const kindOf = (spans: readonly Sent[], type: string) =>
      onlyTrace(mastra, spans).span(spans.find((span) => span.type === type)!.id)!.kind;
    expect(kindOf(without('model_inference'), 'model_step')).to.equal('llm');
    expect(kindOf(without('model_inference'), 'model_generation')).to.equal('chain');
    expect(kindOf(without('model_inference', 'model_step'), 'model_generation')).to.equal('llm');
  });

  it('survives anything', async function () {
    this.timeout(60_000);
    const { bodies } = await read();
    survivesAnything(mastra, bodies);
  });
});
