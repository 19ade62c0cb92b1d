import { englishCount } from './english.js';
import type { FindingWords } from './finding-text.js';

const times = (count: number, one: string, many: string): string =>
  `${englishCount(count)} ${count === 1 ? one : many}`;

/** The findings of the analysis in English, by the name of the rule. */
export const ENGLISH_FINDINGS: ReadonlyMap<string, FindingWords> = new Map<string, FindingWords>([
  [
    'tools-in-a-row',
    {
      title: 'Tool calls that wait without need',
      rule: 'Tools of one parent ran one after the other, and no value of one’s output is in the input of a later one.',
      found: ({ count, share, otherTime }) =>
        `${share} of the time was ${times(count, 'tool call', 'tool calls')} in a row that do not depend on each other’s ` +
        `output. Side by side they would save ${otherTime}.`,
    },
  ],
  [
    'longest-gap',
    {
      title: 'Longest gap',
      rule: 'A span that only holds others ran, and nothing inside it did, for a tenth of the time or more.',
      found: ({ name, time, share }) => `For ${time}, ${share} of the time, nothing ran inside ${name}.`,
    },
  ],
  [
    'slowest-kind',
    {
      title: 'Where the time went',
      rule: 'Spans of one kind did three fifths of the work or more, without what is inside them.',
      found: ({ name, time, share }) => `${share} of the work was in spans of the kind ${name}: ${time}.`,
    },
  ],
  [
    'slow-first-token',
    {
      title: 'Slow first token',
      rule: 'A call took five seconds or more to begin its answer.',
      found: ({ count, time }) => `${times(count, 'call', 'calls')} began to answer late, the slowest after ${time}.`,
    },
  ],
  [
    'low-token-rate',
    {
      title: 'Slow answers',
      rule: 'An answer of 50 tokens or more came with fewer than 10 tokens a second, from its first token on.',
      found: ({ count, rate }) =>
        `${times(count, 'answer', 'answers')} came slowly, the slowest with ${rate} tokens a second.`,
    },
  ],
  [
    'retried-calls',
    {
      title: 'Calls made again',
      rule: 'A call failed, and the same was tried again.',
      found: ({ count, time }) =>
        `${times(count, 'try', 'tries')} failed and ${count === 1 ? 'was' : 'were'} repeated, which took ${time}.`,
    },
  ],
  [
    'rate-limits',
    {
      title: 'Rate limits',
      rule: 'A server refused a call since there were too many.',
      found: ({ count, time }) =>
        `${times(count, 'call was', 'calls were')} refused because of a rate limit` +
        (time ? `; the server asked to wait up to ${time}.` : '.'),
    },
  ],
  [
    'repeated-tool-calls',
    {
      title: 'The same call again',
      rule: 'An agent called a tool again with the same arguments, although it had not failed.',
      found: ({ count, name }) => `${name} was called ${times(count, 'time', 'times')} with the same arguments.`,
    },
  ],
  [
    'context-growth',
    {
      title: 'Growing context',
      rule: 'Four calls or more of an agent were each given more, up to three times as much and 8,000 tokens or more.',
      found: ({ count, tokens, otherTokens }) =>
        `What the model was given grew from ${tokens} to ${otherTokens} tokens in ${times(count, 'call', 'calls')}.`,
    },
  ],
  [
    'prompt-cache-misses',
    {
      title: 'Prompt cache missed',
      rule: 'A call went on from the one before within five minutes, and less than half of that came from the cache.',
      found: ({ count, tokens }) =>
        `${times(count, 'call', 'calls')} read ${tokens} tokens again that could have come from the prompt cache.`,
    },
  ],
  [
    'truncated-outputs',
    {
      title: 'Answers cut off',
      rule: 'The provider says that the answer reached the limit of tokens.',
      found: ({ count }) => `${times(count, 'answer was', 'answers were')} cut off at the limit of tokens.`,
    },
  ],
  [
    'most-expensive-call',
    {
      title: 'Most expensive call',
      rule: 'One of three calls or more cost as much as all others together.',
      found: ({ name, cost, share }) => `${name} cost ${cost}, ${share} of the whole.`,
    },
  ],
  [
    'usage-counted-twice',
    {
      title: 'Tokens stated twice',
      rule: 'A span repeats the tokens of the calls inside or beside it. Sums here count them once.',
      found: ({ count, tokens }) =>
        `${times(count, 'span repeats', 'spans repeat')} ${tokens} tokens that other spans state as well. ` +
        'They are counted once here; other tools may count them twice.',
    },
  ],
]);
