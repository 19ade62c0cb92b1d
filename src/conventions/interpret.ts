import { sameValue, type Message, type SpanMeaning, type SpanRecord } from '../model/index.js';
import { messagesOf } from '../payloads/index.js';
import { stated, unlessEmpty } from './attribute-values.js';
import { exportedMeaning } from './llm-trace-kit-meaning.js';
import { meanings } from './meanings.js';

/**
 * Messages of one side, from the first convention that has something in them: the others only repeat them. Where none
 * states messages, an input or output may hold them.
 */
function messagesOn(origin: Message['origin'], said: readonly SpanMeaning[]): readonly Message[] {
  const sides = said.map(({ messages }) => messages?.filter((message) => message.origin === origin) ?? []);
  const side = sides.find((messages) => messages.some(({ parts }) => parts.length > 0));
  if (side) return side;
  for (const meaning of said) {
    const held = messagesOf(meaning[origin], origin);
    if (held) return held;
  }
  // A turn with nothing in it is still a turn: an answer that was stopped before its first word.
  return sides.find((messages) => messages.length > 0) ?? [];
}

const isSameTurn = (one: Message, other: Message): boolean =>
  one.role === other.role && sameValue(one.parts, other.parts);

/** A conversation comes out of a chain or a graph with what went in at its head: only what follows is output. */
function withoutRepeated(input: readonly Message[], output: readonly Message[]): readonly Message[] {
  let same = 0;
  while (same < input.length && same < output.length && isSameTurn(input[same]!, output[same]!)) same++;
  return same < output.length ? output.slice(same) : output;
}

function joined<T>(lists: readonly (readonly T[] | undefined)[]): readonly T[] | undefined {
  return unlessEmpty(lists.flatMap((list) => list ?? []));
}

function joinedParameters(said: readonly SpanMeaning[]): ReadonlyMap<string, unknown> | undefined {
  const parameters = new Map<string, unknown>();
  for (const meaning of said) {
    for (const [name, value] of meaning.parameters ?? []) if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters.size ? parameters : undefined;
}

/** What a record means, all conventions taken together. A part that two of them state is taken from the earlier one. */
export function interpret(record: SpanRecord): SpanMeaning {
  const exported = exportedMeaning(record);
  if (exported) return exported;
  const said = meanings.map((meaningOf) => meaningOf(record));
  const first = <K extends keyof SpanMeaning>(part: K): SpanMeaning[K] | undefined =>
    said.find((meaning) => meaning[part] !== undefined)?.[part];
  const asked = messagesOn('input', said);
  const messages = [...asked, ...withoutRepeated(asked, messagesOn('output', said))];
  return stated<SpanMeaning>({
    input: first('input'),
    output: first('output'),
    messages: unlessEmpty(messages),
    tools: first('tools'),
    documents: first('documents'),
    inputDocuments: first('inputDocuments'),
    parameters: joinedParameters(said),
    prompt: first('prompt'),
    exceptions: joined(said.map((meaning) => meaning.exceptions)),
    scores: joined(said.map((meaning) => meaning.scores)),
  });
}
