import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { en, findingText } from '../../i18n/index.js';
import { buildTraces, type Message, type SpanMeaning, type SpanReader, type Trace } from '../../model/index.js';
import { plainReader, ran, tableOf, type SpanSketch } from '../../test/trace-builder.js';
import { rollUpSpans } from '../roll-ups.js';
import { findingsIn, findingsInSteps, LINTS, type Finding, type Findings, type Lint } from './index.js';

/** Spans whose record is what they mean, and the attributes that they have. */
const reader: SpanReader = {
  ...plainReader,
  record: (raw) => ({
    ...plainReader.record(raw),
    attributes: (raw as { attributes?: Map<string, unknown> }).attributes ?? new Map(),
  }),
  meaning: (_, raw) => raw as SpanMeaning,
};
const traceOf = (...sketches: SpanSketch[]): Trace => buildTraces(tableOf(sketches, reader))[0]!;
const root = (end: number, more: SpanSketch = {}): SpanSketch => ran('root', '', { kind: 'agent', end, ...more });

/** What a rule finds, alone. */
function found(rule: string, ...sketches: SpanSketch[]): Finding[] {
  const lint = LINTS.find(({ name }) => name === rule)!;
  return [...findingsIn(traceOf(...sketches), { lints: [lint] }).findings];
}
const only = (rule: string, ...sketches: SpanSketch[]): Finding => {
  const [finding, ...others] = found(rule, ...sketches);
  expect(others).to.deep.equal([]);
  expect(finding, `${rule} finds nothing`).not.to.equal(undefined);
  return finding!;
};
const idsOf = ({ spans }: Finding): string[] => spans.map(({ id }) => id);

const tool = (
  id: string,
  start: number,
  end: number,
  input: unknown,
  output: unknown,
  more: SpanSketch = {},
): SpanSketch => ran(id, 'root', { kind: 'tool', start, end, raw: { input, output }, ...more });
const llm = (id: string, start: number, end: number, more: SpanSketch = {}): SpanSketch =>
  ran(id, 'root', { kind: 'llm', model: 'm', start, end, ...more });
const answer = (finishReason: string): { messages: Message[] } => ({
  messages: [{ role: 'assistant', parts: [{ type: 'text', text: 'x' }], origin: 'output', finishReason }],
});

describe('tools-in-a-row', () => {
  const weather = tool('weather', 100, 400, { city: 'Paris' }, { forecast: 'rain', city: 'Paris' });
  const hotels = tool('hotels', 400, 700, { city: 'Paris' }, [{ name: 'Lutetia', id: 'h-8841' }]);
  const news = tool('news', 710, 900, { topic: 'strikes' }, 'Nothing of note.');

  it('finds tools that do not use each other’s output', () => {
    const finding = only('tools-in-a-row', root(1000), weather, hotels, news);
    expect(idsOf(finding)).to.deep.equal(['weather', 'hotels', 'news']);
    expect(finding.values).to.deep.equal({ count: 3, time: 790, otherTime: 490, share: 0.79 });
  });

  for (const [name, next] of [
    ['a value of the output before is given', tool('book', 700, 1000, { hotel: 'h-8841' }, 'ok')],
    ['it is in a longer text', tool('book', 700, 1000, { query: 'select * from rooms where hotel = "h-8841"' }, 'ok')],
  ] as const) {
    it(`begins anew where ${name}`, () => {
      const finding = only('tools-in-a-row', root(1000), weather, hotels, next);
      expect(idsOf(finding)).to.deep.equal(['weather', 'hotels']);
    });
  }

  it('finds nothing where each uses the one before, also in words of its own', () => {
    const search = tool(
      'search',
      0,
      300,
      { query: 'tallest mountain' },
      'Mount Everest is 8,849 m high, says the survey.',
    );
    const write = tool('write', 300, 600, { text: 'We learn that Mount Everest is 8,849 m high.' }, 'written');
    expect(found('tools-in-a-row', root(600), search, write)).to.deep.equal([]);
  });

  it('finds nothing where they ran side by side, where a model decided between them, or where values are missing', () => {
    const beside = tool('beside', 150, 450, { a: 'xyz' }, 'done');
    const last = { ...beside, start: 500, end: 900 };
    expect(idsOf(only('tools-in-a-row', root(1000), weather, hotels, last))).to.deep.equal(['weather', 'hotels']);
    expect(found('tools-in-a-row', root(1000), weather, beside)).to.deep.equal([]);
    expect(
      found('tools-in-a-row', root(1000), weather, llm('decides', 400, 410), { ...hotels, start: 410 }),
    ).to.deep.equal([]);
    expect(found('tools-in-a-row', root(1000), weather, { ...hotels, raw: {} })).to.deep.equal([]);
  });

  it('finds nothing where the first failed, nor where there is little to save', () => {
    expect(found('tools-in-a-row', root(1000), { ...weather, status: 'error' }, hotels)).to.deep.equal([]);
    expect(found('tools-in-a-row', root(100_000), weather, hotels)).to.deep.equal([]);
  });
});

describe('longest-gap', () => {
  it('finds the longest time in which nothing ran inside', () => {
    const finding = only('longest-gap', root(1000), llm('a', 0, 200), llm('b', 300, 400), llm('c', 800, 1000));
    expect(finding.values).to.deep.equal({ time: 400, share: 0.4, name: 'root' });
    expect(idsOf(finding)).to.deep.equal(['root', 'b', 'c']);
  });

  it('finds none where something ran all along, where it is short, and inside a call', () => {
    expect(found('longest-gap', root(1000), llm('a', 0, 600), llm('b', 500, 1000))).to.deep.equal([]);
    expect(found('longest-gap', root(10_000), llm('a', 0, 9500))).to.deep.equal([]);
    expect(
      found('longest-gap', ran('call', '', { kind: 'llm', end: 1000 }), ran('inner', 'call', { end: 10 })),
    ).to.deep.equal([]);
  });

  it('says nothing of a time in which something that has no end may have run', () => {
    expect(found('longest-gap', root(1000), { id: 'open', parentId: 'root', start: 10 })).to.deep.equal([]);
  });
});

describe('slowest-kind', () => {
  it('finds the kind that most of the work was done in', () => {
    const finding = only(
      'slowest-kind',
      root(1000),
      tool('slow', 0, 700, 1, 1),
      tool('slower', 0, 800, 1, 1),
      llm('fast', 800, 900),
    );
    expect(finding.values.name).to.equal('tool');
    expect(finding.values.time).to.equal(1500);
    expect(idsOf(finding)).to.deep.equal(['slower', 'slow']);
  });

  it('finds none where two share it, and where there is one kind', () => {
    expect(found('slowest-kind', root(1000), tool('a', 0, 500, 1, 1), llm('b', 500, 1000))).to.deep.equal([]);
    expect(found('slowest-kind', root(1000))).to.deep.equal([]);
  });
});

describe('slow-first-token', () => {
  it('finds calls whose answer began late, the latest first', () => {
    const finding = only(
      'slow-first-token',
      root(20_000),
      llm('late', 0, 9000, { timeToFirstToken: 6000 }),
      llm('later', 9000, 20_000, { timeToFirstToken: 8000 }),
    );
    expect(finding.values).to.deep.equal({ count: 2, time: 8000 });
    expect(idsOf(finding)).to.deep.equal(['later', 'late']);
  });

  it('finds none that began within five seconds', () => {
    expect(
      found('slow-first-token', root(9000), llm('a', 0, 9000, { timeToFirstToken: 4999 }), llm('b', 0, 9000)),
    ).to.deep.equal([]);
  });
});

describe('low-token-rate', () => {
  const usage = { input: 10, output: 60 };

  it('finds answers that came slowly', () => {
    const finding = only('low-token-rate', root(20_000), llm('slow', 0, 14_000, { usage, timeToFirstToken: 2000 }));
    expect(finding.values).to.deep.equal({ count: 1, rate: 5 });
  });

  it('finds none where it was the first token that took long, where the answer is short, or failed', () => {
    expect(
      found('low-token-rate', root(20_000), llm('a', 0, 14_000, { usage, timeToFirstToken: 12_000 })),
    ).to.deep.equal([]);
    expect(found('low-token-rate', root(20_000), llm('a', 0, 14_000, { usage: { output: 49 } }))).to.deep.equal([]);
    expect(found('low-token-rate', root(20_000), llm('a', 0, 14_000, { usage, status: 'error' }))).to.deep.equal([]);
  });
});

describe('retried-calls and rate-limits', () => {
  const raw = { input: 'same' };
  const failed = llm('first', 0, 100, {
    name: 'chat',
    status: 'error',
    raw: { ...raw, exceptions: [{ message: '429 Too many requests, try again in 2s' }] },
  });
  const again = llm('second', 300, 400, { name: 'chat', raw });

  it('find a call that failed and was made again, and why', () => {
    const finding = only('retried-calls', root(500), failed, again);
    expect(finding.values).to.deep.equal({ count: 1, time: 300 });
    expect(idsOf(finding)).to.deep.equal(['first']);
    expect(only('rate-limits', root(500), failed, again).values).to.deep.equal({ count: 1, time: 2000 });
  });

  it('find nothing where another one was made, or it failed otherwise', () => {
    expect(found('retried-calls', root(500), failed, { ...again, raw: { input: 'other' } })).to.deep.equal([]);
    expect(found('retried-calls', root(500), { ...failed, status: 'ok' }, again)).to.deep.equal([]);
    const other = { ...failed, raw: { ...raw, exceptions: [{ message: '500 Internal error' }] } };
    expect(found('rate-limits', root(500), other, again)).to.deep.equal([]);
  });

  it('count a failure once that the spans around it repeat', () => {
    const around = root(500, { status: 'error', raw: failed.raw });
    expect(only('rate-limits', around, failed, { ...failed, id: 'third', start: 300, end: 400 }).values.count).to.equal(
      2,
    );
  });
});

describe('repeated-tool-calls', () => {
  const call = (id: string, start: number, input: unknown, more: SpanSketch = {}): SpanSketch =>
    tool(id, start, start + 10, input, 'out', { name: 'search', ...more });

  it('finds the same tool with the same arguments, whatever their order', () => {
    const finding = only(
      'repeated-tool-calls',
      root(100),
      call('a', 0, { q: 'x', n: 1 }),
      call('b', 20, { n: 1, q: 'x' }),
      call('c', 40, { q: 'x', n: 1 }),
    );
    expect(finding).to.deep.include({ severity: 'warning', values: { count: 3, name: 'search' } });
    expect(idsOf(finding)).to.deep.equal(['a', 'b', 'c']);
  });

  it('finds it also where the arguments are a text', () => {
    const finding = only('repeated-tool-calls', root(100), call('a', 0, 'x'), call('b', 20, 'x'), call('c', 40, 'y'));
    expect(finding).to.deep.include({ severity: 'info', values: { count: 2, name: 'search' } });
  });

  it('finds nothing where an argument, the tool or the agent is another one', () => {
    const first = call('a', 0, { q: 'x', n: 1 });
    expect(found('repeated-tool-calls', root(100), first, call('b', 20, { q: 'x', n: 2 }))).to.deep.equal([]);
    expect(
      found('repeated-tool-calls', root(100), first, call('b', 20, { q: 'x', n: 1 }, { name: 'find' })),
    ).to.deep.equal([]);
    const agent = ran('other agent', 'root', { kind: 'agent' });
    expect(
      found(
        'repeated-tool-calls',
        root(100),
        first,
        agent,
        call('b', 20, { q: 'x', n: 1 }, { parentId: 'other agent' }),
      ),
    ).to.deep.equal([]);
  });

  it('finds nothing where one call is recorded twice, one inside the other', () => {
    const inner = call('inner', 2, { q: 'x' }, { parentId: 'outer' });
    expect(found('repeated-tool-calls', root(100), call('outer', 0, { q: 'x' }), inner)).to.deep.equal([]);
  });

  it('finds nothing where the first had failed, or there are no arguments', () => {
    expect(
      found('repeated-tool-calls', root(100), call('a', 0, { q: 'x' }, { status: 'error' }), call('b', 20, { q: 'x' })),
    ).to.deep.equal([]);
    expect(
      found(
        'repeated-tool-calls',
        root(100),
        call('now', 0, {}),
        call('later', 20, {}),
        call('even later', 40, ''),
        call('last', 60, ''),
      ),
    ).to.deep.equal([]);
  });
});

describe('context-growth', () => {
  const calls = (...inputs: number[]): SpanSketch[] =>
    inputs.map((input, turn) => llm(`turn ${turn}`, turn * 10, turn * 10 + 9, { usage: { input, output: 5 } }));

  it('finds an agent that gives its calls more and more', () => {
    const finding = only('context-growth', root(100), ...calls(2000, 4000, 6500, 9000));
    expect(finding.values).to.deep.equal({ count: 4, tokens: 2000, otherTokens: 9000 });
    expect(idsOf(finding)[0]).to.equal('turn 3');
  });

  it('finds none where it stays small, shrinks between, or grows little', () => {
    expect(found('context-growth', root(100), ...calls(200, 400, 650, 900))).to.deep.equal([]);
    expect(found('context-growth', root(100), ...calls(2000, 9000, 2000, 9000))).to.deep.equal([]);
    expect(found('context-growth', root(100), ...calls(8000, 8500, 9000, 9500))).to.deep.equal([]);
  });
});

describe('prompt-cache-misses', () => {
  const call = (id: string, start: number, input: number, cacheRead?: number, more: SpanSketch = {}): SpanSketch =>
    llm(id, start, start + 10, { usage: { input, output: 5, ...(cacheRead !== undefined && { cacheRead }) }, ...more });

  it('finds calls that read again what the cache should have had', () => {
    const finding = only(
      'prompt-cache-misses',
      root(100),
      call('a', 0, 3000, 0),
      call('b', 20, 3500, 100),
      call('c', 40, 4000, 3400),
    );
    expect(finding.values).to.deep.equal({ count: 1, tokens: 2900 });
    expect(idsOf(finding)).to.deep.equal(['b']);
  });

  it('finds none where the cache was read, the prompt is short, too late, for another model, or nothing is said', () => {
    const first = call('a', 0, 3000, 0);
    expect(found('prompt-cache-misses', root(100), first, call('b', 20, 3500, 2900))).to.deep.equal([]);
    expect(found('prompt-cache-misses', root(100), call('a', 0, 900, 0), call('b', 20, 1000, 0))).to.deep.equal([]);
    expect(found('prompt-cache-misses', root(1e6), first, call('b', 400_000, 3500, 0))).to.deep.equal([]);
    expect(found('prompt-cache-misses', root(100), first, call('b', 20, 3500, 0, { model: 'other' }))).to.deep.equal(
      [],
    );
    expect(found('prompt-cache-misses', root(100), first, call('b', 20, 3500))).to.deep.equal([]);
  });
});

describe('truncated-outputs', () => {
  for (const reason of ['length', 'max_tokens', 'FinishReason.MAX_TOKENS']) {
    it(`finds an answer that ended with ${reason}`, () => {
      expect(idsOf(only('truncated-outputs', root(100), llm('a', 0, 10, { raw: answer(reason) })))).to.deep.equal([
        'a',
      ]);
    });
  }

  it('finds none that ended by itself', () => {
    expect(found('truncated-outputs', root(100), llm('a', 0, 10, { raw: answer('stop') }))).to.deep.equal([]);
  });
});

describe('most-expensive-call', () => {
  const costs = (...costs: number[]): SpanSketch[] =>
    costs.map((cost, call) => llm(`call ${call}`, call * 10, call * 10 + 9, { cost }));

  it('finds the call that cost as much as all others', () => {
    const finding = only('most-expensive-call', root(100), ...costs(0.25, 0.5, 0.25));
    expect(finding.values).to.deep.equal({ cost: 0.5, share: 0.5, name: 'call 1' });
  });

  it('finds none where all cost much the same, and among two', () => {
    expect(found('most-expensive-call', root(100), ...costs(0.3, 0.4, 0.3))).to.deep.equal([]);
    expect(found('most-expensive-call', root(100), ...costs(0.9, 0.1))).to.deep.equal([]);
  });
});

describe('usage-counted-twice', () => {
  const call = llm('call', 0, 10, { usage: { input: 90, output: 10 } });

  it('finds spans that repeat the tokens of others', () => {
    const finding = only('usage-counted-twice', root(100, { usage: { total: 100 } }), call);
    expect(finding.values).to.deep.equal({ count: 1, tokens: 100 });
    expect(idsOf(finding)).to.deep.equal(['root']);
  });

  it('finds none where each states its own', () => {
    expect(found('usage-counted-twice', root(100), call)).to.deep.equal([]);
    expect(
      found('usage-counted-twice', ran('root', '', { kind: 'llm', end: 100, usage: { total: 70 } }), call),
    ).to.deep.equal([]);
  });
});

describe('findings', () => {
  it('come the most severe first, and those of details can be left out', () => {
    const sketches = [
      root(20_000, { usage: { total: 70 } }),
      llm('a', 0, 14_000, { usage: { input: 10, output: 60 }, raw: answer('length'), timeToFirstToken: 6000 }),
    ];
    const { findings } = findingsIn(traceOf(...sketches));
    expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).to.deep.equal([
      'warning truncated-outputs',
      'warning slow-first-token',
      'info longest-gap',
      'info low-token-rate',
      'info slowest-kind',
      'info usage-counted-twice',
    ]);
    const outline = findingsIn(traceOf(...sketches), { outlineOnly: true }).findings;
    expect(outline.map(({ rule }) => rule)).not.to.include('truncated-outputs');
    expect(outline.length).to.equal(5);
  });

  it('say how many spans a rule did not read', () => {
    const calls = Array.from({ length: 1100 }, (_, call) => llm(`${call}`, call, call + 1));
    expect([...findingsIn(traceOf(root(2000), ...calls)).notRead]).to.deep.equal([['truncated-outputs', 100]]);
  });

  it('can be looked for with rests, also inside of a rule', () => {
    const calls = Array.from({ length: 20_000 }, (_, at) =>
      llm(`call ${at}`, at, at + 1, { cost: 1, usage: { input: 10, cacheRead: 0 } }),
    );
    const rollUps = rollUpSpans(traceOf(root(20_000), ...calls));
    /** Those that go through the calls of each agent, of which there are few. */
    const byAgent = ['context-growth', 'prompt-cache-misses'];
    for (const lint of LINTS) {
      const steps = findingsInSteps(rollUps.trace, { lints: [lint], rollUps });
      let rests = 0;
      while (!steps.next().done) rests++;
      // Three before each rule, in which it is prepared.
      expect(rests - 6, lint.name).to.be.at.least(byAgent.includes(lint.name) ? 1 : 3);
    }
  });

  it('are given first as far as the outline tells', () => {
    const cut = llm('cut', 0, 100, { raw: answer('length') });
    const steps = findingsInSteps(traceOf(root(1000), cut));
    const given: Findings[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) if (step.value) given.push(step.value);
    expect(given.map(({ findings }) => findings.map(({ rule }) => rule))).to.deep.equal([
      ['longest-gap', 'slowest-kind'],
    ]);
    expect(step.value.findings.map(({ rule }) => rule)).to.deep.equal([
      'truncated-outputs',
      ...given[0]!.findings.map(({ rule }) => rule),
    ]);
  });

  it('take the sums that are known, or work them out with rests', () => {
    const rollUps = rollUpSpans(traceOf(root(10), llm('a', 0, 1)));
    const lint: Lint = {
      name: 'looks',
      reads: 'outline',
      *find(look) {
        if (look.rollUps === rollUps) yield { rule: 'looks', severity: 'info', values: {}, spans: [] };
      },
    };
    expect(findingsIn(rollUps.trace, { lints: [lint], rollUps }).findings).to.have.length(1);
    expect(findingsIn(rollUps.trace, { lints: [lint] }).findings).to.have.length(0);
  });

  it('are at most so many of one rule, the weightiest first', () => {
    const twins = Array.from({ length: 25 }, (_, place) =>
      [0, 1, 2]
        .slice(0, place === 24 ? 3 : 2)
        .map((time) =>
          tool(`${place} ${time}`, place * 10 + time, place * 10 + time, { place }, 'out', { name: 'search' }),
        ),
    ).flat();
    const lints = LINTS.filter(({ name }) => name === 'repeated-tool-calls');
    const { findings, notListed } = findingsIn(traceOf(root(1000), ...twins), { lints });
    expect(findings.length).to.equal(20);
    expect(findings[0]!.values.count).to.equal(3);
    expect([...notListed]).to.deep.equal([['repeated-tool-calls', 5]]);
  });

  it('may come of a rule of the page’s own', () => {
    const lint: Lint = {
      name: 'too-many-spans',
      reads: 'outline',
      *find(look) {
        if (look.trace.spans.length > 1) yield { rule: 'too-many-spans', severity: 'error', values: {}, spans: [] };
      },
    };
    const { findings } = findingsIn(traceOf(root(10), llm('a', 0, 1)), { lints: [lint] });
    expect(findings.length).to.equal(1);
    expect(findingText(findings[0]!, en)).to.equal('too-many-spans');
  });

  it('have words for each rule', () => {
    expect([...en.findings.keys()].sort()).to.deep.equal(LINTS.map(({ name }) => name).sort());
    const text = findingText(
      { rule: 'tools-in-a-row', values: { count: 3, share: 0.62, time: 3000, otherTime: 1800 } },
      en,
    );
    expect(text).to.equal(
      '62% of the time was 3 tool calls in a row that do not depend on each other’s output. Side by side they would save 1.80 s.',
    );
    expect(findingText({ rule: 'slowest-kind', values: { name: 'llm', share: 0.7, time: 50 } }, en)).to.contain('LLM');
  });

  it('are made of any trace: without times, running, turned round', () => {
    const value = fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 2 }), fc.constant(undefined));
    const sketch = fc.record({
      kind: fc.constantFrom('agent', 'llm', 'tool', 'retriever', 'span'),
      parent: fc.nat(),
      start: fc.option(fc.nat(3000), { nil: undefined }),
      length: fc.option(fc.integer({ min: -5, max: 9000 }), { nil: undefined }),
      input: value,
      output: value,
      tokens: fc.option(fc.nat(20_000), { nil: undefined }),
      isError: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(sketch, { minLength: 1, maxLength: 12 }), (sketches) => {
        const trace = traceOf(
          ...sketches.map(({ kind, parent, start, length, input, output, tokens, isError }, index): SpanSketch => ({
            id: `${index}`,
            name: kind,
            parentId: index ? `${parent % index}` : '',
            kind: kind as 'llm',
            ...(start !== undefined && { start }),
            ...(length !== undefined && { end: (start ?? 0) + length }),
            ...(tokens !== undefined && { usage: { input: tokens, output: tokens % 100, cacheRead: 0 } }),
            status: isError ? 'error' : 'ok',
            raw: { input: input as string, output: output as string },
          })),
        );
        for (const finding of findingsIn(trace).findings) {
          expect(finding.spans.length).to.be.greaterThan(0);
          for (const figure of Object.values(finding.values)) {
            if (typeof figure === 'number') expect(figure).to.be.finite;
          }
          expect(findingText(finding, en)).not.to.match(/undefined|NaN|Infinity/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
