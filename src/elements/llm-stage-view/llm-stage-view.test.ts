import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import fc from 'fast-check';
import '../../define/llm-span-detail.js';
import '../../define/llm-stage-view.js';
import { readTraces } from '../../formats/index.js';
import '../../i18n/de.js';
import type { Span, Trace } from '../../model/index.js';
import { forgedValues } from '../../test/forged-values.js';
import { strangeThings } from '../../test/hostile/watch.js';
import { allByRole, allIn, byRole, hasRole, openTab, otlp, settled, textIn, until } from '../test-support.js';
import { lanesOf } from './lanes.js';
import type { LlmStageView } from './llm-stage-view.js';

const CHAT = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' };

const STREAMED = { ...CHAT, 'gen_ai.response.time_to_first_chunk': 0.2, 'gen_ai.usage.output_tokens': 41 };

const TIMES = [100, 110, 120, 130, 400, 410, 420, 430, 440, 450];

const insides = (stages: object[], times?: number[]): Record<string, unknown> => ({
  ...CHAT,
  'llm_trace.internals': JSON.stringify({
    v: 1,
    ...(times && { output: { from: 0, dist: 'raw', t_ms: times } }),
    stages: { clock: 'ms', measured_at: 'simulated', events: stages },
  }),
});

const STAGES = [
  { stage: 'prompt', start: 20, end: 100, tokens_in: 9, on: 'gpu 0', req: 'r-1' },
  { stage: 'generation', start: 100, end: 450 },
  { stage: 'Odd one', start: 450, end: 460 },
];

async function traceOf(...attributes: Record<string, unknown>[]): Promise<Trace> {
  const calls = attributes.map((held, at) => ({
    id: `call-${at}`,
    start: at * 1000,
    end: at * 1000 + 1000,
    attributes: held,
  }));
  const [trace] = await readTraces(otlp(...calls));
  return trace!;
}

const callOf = async (attributes: Record<string, unknown>): Promise<Span> => (await traceOf(attributes)).spans.at(0)!;

async function shown(properties: Partial<LlmStageView>, width = 900): Promise<LlmStageView> {
  const box = await fixture<HTMLElement>(
    html`<div .style=${`width: ${width}px`}><llm-stage-view></llm-stage-view></div>`,
  );
  const view = box.querySelector('llm-stage-view')!;
  Object.assign(view, properties);
  await settled(view);
  return view;
}

const lanes = (view: LlmStageView): string[] =>
  allByRole(byRole(view, 'list', /Stages/), 'listitem').map((lane) => lane.textContent.replace(/\s+/g, ' ').trim());

describe('llm-stage-view', () => {
  it('says of a streamed call when its first token came, and from what each figure is', async () => {
    const view = await shown({ span: await callOf(STREAMED) });
    const text = textIn(view);
    expect(text).to.contain(
      'First token after 200 ms, 20 ms per token after it, 1.00 s in total. Measured by the client',
    );
    expect(text).to.contain('TTFT 200 ms stated: gen_ai.response.time_to_first_chunk');
    expect(text).to.contain('TPOT 20 ms worked out: (e2e − ttft) ÷ (output tokens − 1)');
    expect(text).to.contain('cannot be told apart');
    expect(lanes(view)).to.deep.equal(['Until the first token 200 ms, Start 0 ms', 'Decode 800 ms, Start 200 ms']);
  });

  it('draws stages where they were, names the stalls, and says that nothing ran', async () => {
    const view = await shown({ span: await callOf(insides(STAGES, TIMES)) });
    expect(lanes(view)).to.deep.equal([
      'Prefill 80 ms, Start 20 ms',
      'Decode 350 ms, Start 100 ms',
      'Odd one 10 ms, Start 450 ms',
    ]);
    const text = textIn(view);
    expect(text).to.contain('Simulated');
    expect(text).to.contain('ITL p99 270 ms');
    expect(text).to.contain('longest gap 270 ms, 1 stall');
    expect(text).to.contain('270 ms after piece 4, at 130 ms');
    const [, decode] = allIn(view, '.piece').map((piece) => piece.getBoundingClientRect());
    const track = allIn(view, '.track')[1]!.getBoundingClientRect();
    expect((decode!.left - track.left) / track.width).to.be.closeTo(80 / 440, 0.01);
    expect(decode!.width / track.width).to.be.closeTo(350 / 440, 0.01);
    expect(allIn(view, '.gap.stall')).to.have.length(1);
    byRole(view, 'group').toggleAttribute('open', true);
    await settled(view);
    expect(textIn(allIn(view, 'table')[0]!)).to.contain('Prefill 20 ms 80 ms 9 in, request r-1, on gpu 0');
  });

  it('says that lengths alone are no times', async () => {
    const view = await shown({
      span: await callOf({ ...CHAT, 'gen_ai.latency.time_in_queue': 0.1, 'gen_ai.latency.time_in_model_prefill': 0.2 }),
    });
    expect(textIn(view)).to.contain('drawn one behind the other');
    byRole(view, 'group').toggleAttribute('open', true);
    expect(hasRole(view, 'columnheader', 'Start')).to.equal(false);
  });

  it('says that nothing was captured, and how it is', async () => {
    const view = await shown({ span: await callOf(CHAT) });
    expect(textIn(view)).to.contain('were not captured').and.to.contain('Stream the answer');
    expect(allIn(view, '.track')).to.deep.equal([]);
  });

  it('spreads the calls of a trace by clock, and leads to the slowest', async () => {
    const slow = { ...STREAMED, 'gen_ai.response.time_to_first_chunk': 0.5 };
    const trace = await traceOf(STREAMED, slow, { ...CHAT, 'gen_ai.server.time_to_first_token': 0.01 }, CHAT);
    const view = await shown({ trace });
    expect(textIn(view)).to.contain('3 calls with times, 1 without.');
    const rows = allIn(
      allIn(view, 'table').find((table) => table.ariaLabel === 'Latencies over calls')!,
      'tbody tr',
    ).map(textIn);
    expect(rows[0]).to.equal('TTFT Client 2 200 ms 500 ms 500 ms 500 ms');
    expect(rows[1]).to.contain('TTFT Server 1 10 ms');
    const button = allByRole(view, 'button', /^500 ms/)[0]!;
    setTimeout(() => button.click());
    const { detail } = (await oneEvent(view, 'llm-span-select')) as CustomEvent<{ span: Span }>;
    expect(detail.span.id).to.equal('call-1');
  });

  it('is a tab of the detail where there is something, and is loaded when it is shown', async () => {
    const detail = await fixture<HTMLElementTagNameMap['llm-span-detail']>(html`<llm-span-detail></llm-span-detail>`);
    detail.span = await callOf(CHAT);
    await settled(detail);
    expect(hasRole(detail, 'tab', 'Stages')).to.equal(false);
    detail.span = await callOf(STREAMED);
    await settled(detail);
    await openTab(detail, /Stages/);
    await until(() => textIn(detail).includes('First token after 200 ms'), 'the stages');
  });

  it('speaks German', async () => {
    const box = await fixture<HTMLElement>(html`<div lang="de"><llm-stage-view></llm-stage-view></div>`);
    const view = box.querySelector('llm-stage-view')!;
    view.span = await callOf(STREAMED);
    await settled(view);
    expect(textIn(view))
      .to.contain('Erstes Token nach 200 ms, danach 20 ms je Token')
      .and.to.contain('Bis zum ersten Token');
  });

  it('has enough room on a small phone, from right to left too', async () => {
    for (const dir of ['ltr', 'rtl']) {
      const view = await shown(
        { span: await callOf(insides([...STAGES, { stage: 'x'.repeat(200), start: 0, end: 1 }], TIMES)), dir },
        320,
      );
      const frame = allIn(view, '.frame')[0]!;
      expect(frame.scrollWidth).to.be.at.most(frame.clientWidth);
      for (const track of allIn(view, '.track')) expect(track.clientWidth).to.be.at.least(60);
    }
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is accessible, ${theme}`, async () => {
      const call = await shown({ span: await callOf(insides(STAGES, TIMES)), theme });
      byRole(call, 'group').toggleAttribute('open', true);
      await settled(call);
      await expect(call).to.be.accessible();
      await expect(await shown({ trace: await traceOf(STREAMED, insides(STAGES)), theme })).to.be.accessible();
    });
  }

  it('masks secrets in the names of stages, requests and devices', async () => {
    const secret = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCD';
    const view = await shown({
      span: await callOf(insides([{ stage: secret, start: 0, end: 1, req: secret, on: secret }])),
      content: 'masked',
    });
    await until(() => allIn(view, 'li').length > 0, 'lanes');
    await settled(view);
    expect(view.shadowRoot!.innerHTML).to.not.contain('abcdefghij');
  });

  it('takes forged values and wild numbers as what they are', async () => {
    for (const value of [...forgedValues(), -1, 1e308, 'NaN', '<img src=x onerror=alert(1)>']) {
      const attributes = {
        ...CHAT,
        'gen_ai.response.time_to_first_chunk': value,
        'gen_ai.latency.e2e': value,
        'langfuse.observation.output': JSON.stringify({ timings: { prompt_ms: value, predicted_ms: 1e308 } }),
        'llm_trace.internals': JSON.stringify({
          v: 1,
          stages: {
            clock: 'ms',
            events: [
              { stage: value, start: 0, end: 1 },
              { stage: 'x', start: -1e300, end: 1e300 },
            ],
          },
        }),
      };
      const trace = await traceOf(attributes);
      for (const properties of [{ span: trace.spans.at(0)! }, { trace }]) {
        const view = await shown(properties);
        expect(strangeThings(view)).to.deep.equal([]);
      }
    }
  });
});

describe('lanes', () => {
  it('keep every moment, inside the time that is shown, with few pieces', () => {
    const moment = fc.tuple(
      fc.constantFrom('decode', 'prefill', 'other'),
      fc.double({ min: 0, max: 1000, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 400 }), (moments) => {
        const list = moments.map(([stage, start, length]) => ({ stage, start, end: start + length }));
        const { lanes: all } = lanesOf(list);
        expect(all.reduce((sum, { count }) => sum + count, 0)).to.equal(list.length);
        for (const { pieces, count } of all) {
          expect(pieces.reduce((sum, piece) => sum + piece.count, 0)).to.equal(count);
          expect(pieces.length).to.be.at.most(400);
          pieces.forEach(({ start, end }, at) => {
            expect(start >= 0 && start <= end && end <= 1 + 1e-9).to.equal(true);
            if (at > 0) expect(start).to.be.at.least(pieces[at - 1]!.end);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of a million moments are few nodes', () => {
    const many = Array.from({ length: 1_000_000 }, (_, at) => ({ stage: 'decode', start: at * 3, end: at * 3 + 1 }));
    expect(lanesOf(many).lanes[0]!.pieces.length).to.be.within(100, 401);
  });
});
