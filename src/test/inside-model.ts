/** What the tests of the views of the inside of a model share. */
import { otlp } from '../elements/test-support.js';
import { readTraces } from '../formats/index.js';
import type { Internals } from '../internals/index.js';
import type { Span } from '../model/index.js';
import { vectorsOf } from './hostile/vectors.js';

/** A call of a model with these attributes. */
export async function callWith(attributes: Record<string, unknown>): Promise<Span> {
  const [trace] = await readTraces(
    otlp({ id: 'call', start: 0, end: 9, attributes: { 'gen_ai.operation.name': 'chat', ...attributes } }),
  );
  return trace!.spans.at(0)!;
}

/** A call that carries what went on inside the model. */
export const callWithInside = (internals: object): Promise<Span> =>
  callWith({ 'llm_trace.internals': JSON.stringify(internals) });

/** The hostile texts of this project. */
export async function hostileTexts(): Promise<string[]> {
  const own = async (name: string): Promise<string> => (await fetch(`/test/corpora/${name}.json`)).text();
  const vectors = vectorsOf({ exfil: await own('exfil'), unicode: await own('unicode-ansi'), urls: await own('urls') });
  return vectors.map(({ text }) => text.slice(0, 2000));
}

/** A tiny GPT's answer with its attention and contributions, as a replay gave it (tiny-gpt/). */
export const replayedAnswer = async (): Promise<Internals> =>
  (await (await fetch('/src/test/tiny-gpt/replayed.json')).json()) as Internals;

/** Widths and colours in which a view has to be accessible. */
export const ACCESSIBLE_AT: readonly (readonly [width: number, theme: 'light' | 'dark'])[] = [
  [1000, 'light'],
  [1000, 'dark'],
  [320, 'light'],
];
