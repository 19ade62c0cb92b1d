import { encodedArray, encodedArrayOf } from './arrays.js';
import type { Internals, InternalsOutput, InternalsTokens } from './internals.js';
import {
  all,
  amount,
  count,
  fields,
  flag,
  isFields,
  list,
  maybeNumber,
  number,
  oneOf,
  orNull,
  range,
  rising,
  text,
  type Check,
} from './shape.js';

/** What one trace may hold at the most. Beyond it a section is left out, and its problem says so. */
export const MOST_TOKENS = 1_000_000;
const MOST_TOP = 1000;
/** Layers times heads. */
const MOST_HEADS = 65_536;
const MOST_EVENTS = 1_000_000;

/** Tokens of the whole, once they have been found right; without them places have no end. */
type Known = Pick<Internals, 'tokens'>;

const byte: Check = (value) => (count(value) === undefined && (value as number) < 256 ? undefined : 'is no byte');

const tokens: Check = (value) => {
  const texts = isFields(value) && Array.isArray(value['text']) ? (value['text'] as unknown[]) : [];
  const length = texts.length;
  const each = (check: Check): Check => list(check, length);
  const wrong = fields({
    text: list(text, undefined, MOST_TOKENS),
    'id?': each(count),
    'start?': all(each(count), rising),
    split: count,
    'special?': all(list(count), rising),
    'cont?': all(list(count), rising),
    'bytes?': each(orNull(list(byte))),
    'message?': each(count),
  })(value);
  if (wrong !== undefined) return wrong;
  const { split, start, special, cont } = value as InternalsTokens;
  if (split > length) return '.split is behind the last token';
  for (const [name, places] of Object.entries({ special, cont })) {
    if (places?.length && places.at(-1)! >= length) return `.${name} is behind the last token`;
  }
  const end = (texts as string[]).reduce((sum, one) => sum + one.length, 0);
  return start?.length && start.at(-1)! > end ? '.start is behind the end of the text' : undefined;
};

const output = (value: unknown, { tokens: known }: Known): string | undefined => {
  const rank = orNull(count);
  const column = (check: Check): Check => list(check, undefined, MOST_TOKENS);
  const wrong = fields({
    from: count,
    dist: oneOf('raw', 'processed', 'unknown'),
    'logprob?': column(orNull(number)),
    'mean?': number,
    'rank?': column(rank),
    'entropy?': column(orNull(amount)),
    'entropy_kind?': oneOf('full', 'topk'),
    'top?': fields({
      text: column(list(text, undefined, MOST_TOP)),
      'id?': column(list(count, undefined, MOST_TOP)),
      logprob: column(list(number, undefined, MOST_TOP)),
    }),
    't_ms?': all(column(amount), rising),
    'sampler?': fields({
      'temperature?': number,
      'top_p?': number,
      'top_k?': number,
      'repetition_penalty?': number,
      'seed?': number,
    }),
  })(value);
  if (wrong !== undefined) return wrong;
  const { from, logprob, rank: ranks, entropy, top, t_ms: times } = value as InternalsOutput;
  const columns = {
    logprob,
    rank: ranks,
    entropy,
    'top.text': top?.text,
    'top.id': top?.id,
    'top.logprob': top?.logprob,
  };
  let length: number | undefined;
  for (const [name, list] of Object.entries({ ...columns, t_ms: times })) {
    if (!list) continue;
    length ??= list.length;
    if (list.length !== length) return `.${name} has ${list.length} entries, not ${length}`;
  }
  if (known && from + (length ?? 0) > known.text.length) return 'goes on behind the last token';
  const odd = top?.text.findIndex(
    (texts, at) =>
      texts.length !== top.logprob[at]!.length || (top.id !== undefined && texts.length !== top.id[at]!.length),
  );
  return odd === undefined || odd < 0 ? undefined : `.top[${odd}] has not as many texts as numbers`;
};

const byLayerAndHead: Check = list(list(number));

const attention = (value: unknown, { tokens: known }: Known): string | undefined => {
  const places = range(known?.text.length);
  return list(
    all(
      fields({
        type: oneOf('self', 'cross', 'encoder'),
        q: places,
        k: places,
        captured: oneOf('live', 'replay', 'import'),
        'summary?': fields({ 'sink?': byLayerAndHead, 'prev?': byLayerAndHead, 'entropy?': byLayerAndHead }),
        'layers?': list(all(fields({ layer: count, 'heads?': list(count) }), encodedArray), undefined, MOST_HEADS),
      }),
      (item) => matrices(item as NonNullable<Internals['attention']>[number]),
    ),
  )(value);
};

/** Each layer has as many heads as it likes, all over the same tokens. */
function matrices({ q, k, layers = [] }: NonNullable<Internals['attention']>[number]): string | undefined {
  let heads = 0;
  for (const [at, layer] of layers.entries()) {
    if ('ref' in layer) continue;
    const [of = 0, rows, columns] = layer.shape;
    heads += of;
    if (layer.shape.length !== 3 || rows !== q[1] - q[0] || columns !== k[1] - k[0]) {
      return `.layers[${at}].shape is not heads × ${q[1] - q[0]} × ${k[1] - k[0]}`;
    }
    if (layer.heads && layer.heads.length !== of) return `.layers[${at}].heads does not name ${of} heads`;
  }
  return heads > MOST_HEADS ? 'has too many heads' : undefined;
}

const rows: Check = list(list(number));

const hidden: Check = fields({ norm: oneOf('l2', 'rms'), 'at?': text, layers: rows });

const lens: Check = all(
  fields({
    type: text,
    layers: list(count),
    top: fields({ text: list(list(list(text))), prob: list(list(list(number))) }),
  }),
  (value) => {
    const { layers, top } = value as NonNullable<Internals['lens']>;
    const odd = top.text.findIndex(
      (texts, token) =>
        texts.length !== layers.length ||
        texts.some((places, layer) => places.length !== top.prob[token]?.[layer]?.length),
    );
    return odd < 0 ? undefined : `.top[${odd}] does not have a list for each layer`;
  },
);

const attribution = (value: unknown, { tokens: known }: Known): string | undefined =>
  list(
    fields({
      method: text,
      over: oneOf('prompt', 'all'),
      target: range(known?.text.length),
      signed: flag,
      'unit?': oneOf('token', 'word', 'message'),
      scores: encodedArray,
      'baseline?': text,
    }),
  )(value);

const gradients: Check = (value) => {
  const lengthOf = (name: string): number | undefined => {
    const held = isFields(value) ? value[name] : undefined;
    return Array.isArray(held) ? held.length : undefined;
  };
  const steps = lengthOf('steps') ?? 0;
  const perStep = list(maybeNumber, steps);
  const table = list(list(maybeNumber, lengthOf('params')), steps);
  return fields({
    metric: oneOf('l2', 'rms', 'max', 'update_ratio'),
    steps: all(list(number), rising),
    params: list(text),
    values: (held) => (Array.isArray(held) ? table(held) : encodedArrayOf(steps, lengthOf('params') ?? 0)(held)),
    'estimated?': flag,
    'loss?': perStep,
    'lr?': perStep,
    'global?': perStep,
    'clip?': number,
    'flags?': list(
      fields({ step: number, param: text, kind: oneOf('vanishing', 'exploding', 'nan', 'dead') }),
      undefined,
      MOST_EVENTS,
    ),
  })(value);
};

const sources = (value: unknown, { tokens: known }: Known): string | undefined => {
  const docs = isFields(value) && Array.isArray(value['docs']) ? value['docs'].length : 0;
  const place: Check = (at) =>
    count(at) === undefined && (at as number) < docs ? undefined : 'is no document of the list';
  return fields({
    method: oneOf('verbatim', 'citation', 'retrieval', 'influence'),
    'index?': text,
    spans: list(
      all(
        fields({
          start: count,
          end: count,
          text,
          'tokens?': range(known?.text.length),
          'count?': count,
          'rarity?': number,
          docs: list(place),
        }),
        ordered,
      ),
      undefined,
      MOST_EVENTS,
    ),
    docs: list(
      fields({
        id: text,
        'title?': text,
        'url?': text,
        'source?': text,
        'usage?': text,
        'score?': number,
        'relevance?': oneOf('high', 'medium', 'low'),
        snippets: list(
          all(fields({ text, 'match?': range() }), (snippet) => {
            const { text: quoted, match } = snippet as { text: string; match?: [number, number] };
            return match && match[1] > quoted.length ? '.match is behind the end of the text' : undefined;
          }),
        ),
        'text?': text,
      }),
    ),
  })(value);
};

const ordered: Check = (value) => {
  const { start, end } = value as { start: number; end: number };
  return end < start ? '.end is before .start' : undefined;
};

const stages: Check = fields({
  clock: oneOf('ms'),
  'origin?': number,
  'measured_at?': oneOf('client', 'server', 'simulated'),
  events: list(
    all(
      fields({
        stage: text,
        start: number,
        end: number,
        'req?': text,
        'on?': text,
        'batch?': count,
        'tokens_in?': count,
        'tokens_out?': count,
        'cached?': count,
        'bytes?': amount,
        'energy_j?': amount,
      }),
      ordered,
    ),
    undefined,
    MOST_EVENTS,
  ),
  'metrics?': fields({
    'queue?': amount,
    'ttft?': amount,
    'tpot?': amount,
    'itl?': fields({ p50: amount, p90: amount, p99: amount }),
    'e2e?': amount,
  }),
});

const reference: Check = fields({ ref: text });

const operators: Check = list(
  fields({
    name: text,
    op: text,
    'layer?': count,
    start: number,
    dur: amount,
    'shape?': list(list(count)),
    'bytes?': amount,
  }),
  undefined,
  MOST_EVENTS,
);

/** Every section, with what it has to look like. Tokens come first: places in others are places among them. */
export const SECTIONS: ReadonlyMap<
  Exclude<keyof Internals, 'v'>,
  (value: unknown, known: Known) => string | undefined
> = new Map([
  ['tokens', tokens],
  [
    'model',
    fields({
      'id?': text,
      'layers?': count,
      'heads?': count,
      'kv_heads?': count,
      'd_model?': count,
      'vocab?': count,
      'dtype?': text,
      'runtime?': text,
    }),
  ],
  ['output', output],
  ['attention', attention],
  ['hidden', hidden],
  ['lens', lens],
  ['attribution', attribution],
  ['gradients', gradients],
  ['sources', sources],
  ['stages', stages],
  ['ops', (value: unknown) => (isFields(value) ? reference(value) : operators(value))],
  ['capture', fields({ level: oneOf(0, 1, 2, 3), 'cost_ms?': amount, 'dropped?': list(text), 'source_format?': text })],
]);
