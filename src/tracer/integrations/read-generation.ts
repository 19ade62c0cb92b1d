import type { Internals, InternalsModel, InternalsOutput, InternalsStage } from '../../internals/index.js';
import { recordInternals } from '../record-internals.js';
import type { TracerSpan } from '../tracer-span.js';
import { AttentionRecord, type LayerAttention } from './attention-record.js';
import type { GenerationStep, GenerationSteps, StepAttention } from './generation-steps.js';
import { figuresOf, numbersOf } from './token-figures.js';
import { singleTexts, tokenTexts, type Decode } from './token-texts.js';

/** What is known of an answer besides its steps. */
export interface GenerationFacts {
  /** Absent where nobody says how to make texts of tokens. */
  readonly decode?: Decode | undefined;
  /** Tokens that are no text. */
  readonly special?: ReadonlySet<number> | undefined;
  /** Whether the call begins with a text and ends with one: making tokens of it, and text of them, takes time too. */
  readonly isOfTexts?: boolean | undefined;
  /** Whether what went in first is the prompt: behind an encoder it is only where the answer begins. */
  readonly isPromptSeen?: boolean | undefined;
  readonly model?: InternalsModel | undefined;
  readonly sampler?: InternalsOutput['sampler'] | undefined;
  /** Milliseconds from the beginning of the call. */
  readonly ended: number;
  /** What the application knows of the inside of the model. */
  readonly inside?: Omit<Internals, 'v'> | undefined;
}

/** Tokens of one record. */
const MOST_TOKENS = 50_000;

const inTenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

/** Tells a span what went on inside the model. */
export async function recordGeneration(
  span: TracerSpan,
  steps: GenerationSteps,
  facts: GenerationFacts,
): Promise<void> {
  const internals = await internalsOf(steps, facts);
  if (internals) recordInternals(span, internals);
}

/** Tells a span how many tokens there were, and when the first one came. */
export function recordUsage(span: TracerSpan, { steps, prompt }: GenerationSteps): void {
  const done = steps.filter(({ token }) => token !== undefined);
  const [first] = done;
  if (!first) return;
  span.update({
    usage: { input: prompt.length, output: done.length, total: prompt.length + done.length },
    timeToFirstToken: inTenths(first.chosen!),
  });
}

/** What the steps of an answer say; `undefined` where nothing was seen of them. */
export async function internalsOf(steps: GenerationSteps, facts: GenerationFacts): Promise<Internals | undefined> {
  steps.readLogits(figuresOf);
  const done = steps.steps.filter(({ token }) => token !== undefined);
  const { level, dropped: lost } = steps;
  /** With those that only took in a piece of the prompt. */
  const ran = steps.steps.slice(0, steps.steps.indexOf(done.at(-1)!) + 1);
  if (done.length === 0) return lost.size > 0 ? { v: 1, capture: { level, dropped: [...lost] } } : undefined;
  const prompt = facts.isPromptSeen === false ? [] : steps.prompt;
  const dropped = new Set(lost);
  const isTold = facts.decode !== undefined && prompt.length + done.length <= MOST_TOKENS;
  if (!isTold) dropped.add(facts.decode ? 'tokens: too many' : 'tokens: nothing decodes them');
  const told = isTold ? await tokensOf(prompt, done, facts.decode, facts) : {};
  const attention = facts.isPromptSeen === false ? undefined : await attentionOf(ran);
  if (attention?.isWhole === false) dropped.add('attention of some layers: too much to keep');
  const vocabulary = steps.vocabulary;
  return {
    v: 1,
    ...((facts.model ?? vocabulary) !== undefined && {
      model: { ...facts.model, ...(vocabulary !== undefined && { vocab: vocabulary }) },
    }),
    ...told,
    ...facts.inside,
    ...(attention && { attention: [attention.section] }),
    stages: { clock: 'ms', measured_at: 'client', events: stagesOf(steps, ran, done, facts) },
    capture: {
      level,
      cost_ms: Math.round(steps.cost * 1000) / 1000,
      ...(dropped.size > 0 && { dropped: [...dropped] }),
    },
  };
}

async function tokensOf(
  prompt: readonly number[],
  done: readonly GenerationStep[],
  decode: Decode,
  { special, sampler }: GenerationFacts,
): Promise<Pick<Internals, 'tokens' | 'output'>> {
  const id = [...prompt, ...done.map(({ token }) => token!)];
  const { text, cont } = await tokenTexts(id, prompt.length, decode);
  const start: number[] = [];
  let end = 0;
  for (const one of text) {
    start.push(end);
    end += one.length;
  }
  const places = id.flatMap((one, at) => (special?.has(one) ? [at] : []));
  const figures = done.map((step) => step.figures);
  const hasFigures = figures.some(Boolean);
  const textOf = singleTexts(
    id.find((one, at) => !special?.has(one) && text[at] !== '' && !cont.includes(at + 1)),
    decode,
  );
  const top = figures.map((one) => one?.top ?? { id: [], logprob: [] });
  return {
    tokens: {
      text,
      id,
      start,
      split: prompt.length,
      ...(places.length > 0 && { special: places }),
      ...(cont.length > 0 && { cont }),
    },
    output: {
      from: prompt.length,
      dist: 'raw',
      ...(hasFigures && {
        logprob: figures.map((one) => one?.logprob ?? null),
        rank: figures.map((one) => one?.rank ?? null),
        entropy: figures.map((one) => one?.entropy ?? null),
        entropy_kind: 'full' as const,
        top: {
          text: top.map((one) => one.id.map(textOf)),
          id: top.map((one) => one.id),
          logprob: top.map((one) => one.logprob),
        },
      }),
      t_ms: done.map(({ chosen }) => inTenths(chosen!)),
      ...(sampler && Object.keys(sampler).length > 0 && { sampler }),
    },
  };
}

/** From the text to tokens, the first run, the others, and back to text. */
function stagesOf(
  { begunAt, overAt }: GenerationSteps,
  ran: readonly GenerationStep[],
  done: readonly GenerationStep[],
  { ended, isOfTexts = false }: GenerationFacts,
): InternalsStage[] {
  const [first, ...others] = done as [GenerationStep, ...GenerationStep[]];
  const stage = (name: string, start: number, end: number): InternalsStage => ({
    stage: name,
    start: inTenths(start),
    end: inTenths(end),
  });
  const last = others.at(-1);
  const { begun } = ran[0]!;
  const taken = ran.slice(0, ran.indexOf(first) + 1).reduce((sum, { tokensIn }) => sum + tokensIn, 0);
  return [
    ...(isOfTexts && begunAt !== undefined ? [stage('tokenize', 0, Math.min(begunAt, begun))] : []),
    { ...stage('prefill', begun, first.chosen!), tokens_in: taken, tokens_out: 1 },
    ...(last ? [{ ...stage('decode', first.chosen!, last.chosen!), tokens_out: others.length }] : []),
    ...(isOfTexts && overAt !== undefined ? [stage('detokenize', overAt, ended)] : []),
  ];
}

/** Attention as the steps showed it. Layers of which some rows are missing are left out. */
async function attentionOf(ran: readonly GenerationStep[]): Promise<AttentionRecord | undefined> {
  const layers = [...(ran[0]?.attention ?? [])].sort((one, other) => one.layer - other.layer);
  const size = ran.reduce((sum, { tokensIn }) => sum + tokensIn, 0);
  const record = new AttentionRecord(size, 'live');
  for (const { layer, heads } of layers) {
    const values = wholeLayer(ran, layer, heads, size);
    if (values) await record.add({ layer, heads, values });
  }
  return record.length > 0 ? record : undefined;
}

/** The rows of all steps below each other: each step sees the tokens before it and its own. */
function wholeLayer(
  ran: readonly GenerationStep[],
  layer: number,
  heads: number,
  size: number,
): LayerAttention['values'] | undefined {
  const parts = ran.map(({ attention }) => attention.find((one) => one.layer === layer));
  let row = 0;
  for (const [at, { tokensIn }] of ran.entries()) {
    const part = parts[at];
    row += tokensIn;
    if (part?.heads !== heads || part.rows !== tokensIn || part.columns !== row) return undefined;
  }
  const values = new Float32Array(heads * size * size);
  for (const { rows, columns, values: stored } of parts as StepAttention[]) {
    const numbers = numbersOf(stored);
    for (let at = 0; at < heads * rows; at++) {
      const to = Math.floor(at / rows) * size + columns - rows + (at % rows);
      values.set(numbers.subarray(at * columns, (at + 1) * columns), to * size);
    }
  }
  return values;
}
