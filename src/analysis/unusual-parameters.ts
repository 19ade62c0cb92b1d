import type { Usage } from '../model/index.js';

/** Why a parameter is worth a look: its limit was reached, or it is not what providers take when it is not given. */
export interface UnusualParameter {
  readonly why: 'reached' | 'unusual';
  /** What providers take where the parameter is not given, if there is one value. */
  readonly usual?: number;
}

/** A temperature that is so far from the default of 1 changes what comes out: 0 takes the likeliest word, 2 nearly any. */
const FAR = 0.5;

type Rule = (value: unknown) => UnusualParameter | undefined;

const otherThan =
  (usual: number, by = 0): Rule =>
  (value) =>
    typeof value === 'number' && Math.abs(value - usual) > by ? { why: 'unusual', usual } : undefined;

/** Anything but nothing at all. */
const given: Rule = (value) => (isNothing(value) ? undefined : { why: 'unusual' });

const wordOtherThan =
  (...usual: readonly string[]): Rule =>
  (value) =>
    isNothing(value) || (typeof value === 'string' && usual.includes(value.toLowerCase()))
      ? undefined
      : { why: 'unusual' };

const off: Rule = (value) => (value === false ? { why: 'unusual' } : undefined);

/**
 * By the name in lower case without separators, as `top_p`, `topP` and `llm.top_p` are one. Defaults are those that the
 * references of OpenAI (Create chat completion), Anthropic (Messages) and Gemini (GenerationConfig) state.
 */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['temperature', otherThan(1, FAR)],
  ['topp', otherThan(1)],
  ['frequencypenalty', otherThan(0)],
  ['presencepenalty', otherThan(0)],
  ['repetitionpenalty', otherThan(1)],
  ['n', otherThan(1)],
  ['candidatecount', otherThan(1)],
  ['choicecount', otherThan(1)],
  ['topk', given],
  ['minp', given],
  ['seed', given],
  ['stop', given],
  ['stopsequences', given],
  ['logitbias', given],
  ['logprobs', given],
  ['toplogprobs', given],
  ['prediction', given],
  ['toolchoice', wordOtherThan('auto')],
  ['responseformat', wordOtherThan('text')],
  ['servicetier', wordOtherThan('auto', 'default', 'standard')],
  ['reasoningeffort', wordOtherThan('medium')],
  ['paralleltoolcalls', off],
]);

const TOKEN_LIMITS: ReadonlySet<string> = new Set([
  'maxtokens',
  'maxoutputtokens',
  'maxcompletiontokens',
  'maxnewtokens',
  'maxtokenstosample',
  'numpredict',
]);

/** What is unusual about a parameter of a call; `undefined` where nothing is. */
export function unusualParameter(name: string, value: unknown, usage?: Usage): UnusualParameter | undefined {
  const plain = plainName(name);
  if (TOKEN_LIMITS.has(plain)) {
    const limit = typeof value === 'number' ? value : NaN;
    return usage?.output !== undefined && limit > 0 && usage.output >= limit ? { why: 'reached' } : undefined;
  }
  return RULES.get(plain)?.(value);
}

/** The last word of a dotted name, without what separates its parts. */
const plainName = (name: string): string =>
  name
    .slice(name.lastIndexOf('.') + 1)
    .replace(/[_\-\s]/g, '')
    .toLowerCase();

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);
