import { expect } from '@open-wc/testing';
import { parseQuery, QUERY_FIELDS, QueryError, type QueryErrorCode } from '../analysis/query/index.js';
import { de } from './de.js';
import { enFirst } from './en-first.js';
import { en } from './en.js';
import { languageOf } from './languages.js';
import type { Messages } from './messages.js';
import { zh } from './zh.js';

/** What functions are given that do not take counts, by their name or their place. */
const ARGUMENTS: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['about', [{ summary: 'How it ended.' }]],
  ['fault', [{ code: 'expected-value', message: 'A value is missing', seen: '', expected: ['a'] }]],
  ['kindCount', [2, 'tool']],
  ['severityCount', [2, 'warning']],
  ['traceGroup', ['user', 'Ada']],
  ['media', ['x', 'y', 'z']],
  ['.stageView.sentence', [['a', 'b']]],
  ['flagged', ['dead', 2, 3, ['a', 'b']]],
  ['oddStep', ['dead', 2, 3, 9]],
  ['looksMost', ['a', ['b', 'c']]],
  ['.backends.shown', [2, 3]],
  ['.backends.figuresOf', [2, 3]],
  ['.contributionView.sentence', ['the answer', 'occlusion', ['a', 'b']]],
]);

/** The figures of findings and problems. */
const FIGURES = {
  count: 2,
  share: '4 %',
  time: '1 s',
  otherTime: '2 s',
  tokens: '3',
  otherTokens: '4',
  cost: '$5',
  rate: '6',
  name: 'n',
  span: 's',
  id: 'i',
  message: 'm',
  title: 't',
  address: 'a',
  status: 500,
  wait: 7,
  setting: 's',
};

/** Every text of a language by its place; functions are called with one, and with many. */
function textsOf(messages: Messages): Map<string, string> {
  const texts = new Map<string, string>();
  const visit = (value: unknown, place: string, key: string): void => {
    if (typeof value === 'string') texts.set(place, value);
    else if (typeof value === 'function') {
      const call = value as (...given: readonly unknown[]) => string;
      const given = /^\.findings\.|^\.faults\.(problems|errors\.backend)\./.test(place)
        ? [FIGURES]
        : (ARGUMENTS.get(place) ?? ARGUMENTS.get(key));
      for (const count of given ? [0] : [1, 3])
        texts.set(`${place}(${count})`, call(...(given ?? [count, count, count])));
    } else {
      const entries = value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value as object);
      for (const [name, inner] of entries) visit(inner, `${place}.${name}`, name);
    }
  };
  visit(messages, '', '');
  return texts;
}

/** Readers tell faults in English themselves. */
const FAULTS = '.faults.';

const english = textsOf(en);

/** Queries that are wrong, one for each way. */
const WRONG: Readonly<Record<QueryErrorCode, string>> = {
  'expected-term': 'a or',
  'expected-value': 'kind:',
  'unknown-field': 'nonsense:a',
  'unknown-value': 'kind:nonsense',
  'not-a-number': 'tokens>x',
  'not-comparable': 'kind>tool',
  'backwards-range': 'tokens:5..1',
  'unclosed-quote': '"a',
  'unclosed-group': '(a',
  'unexpected-close': 'a)',
  'too-long': 'a'.repeat(100_000),
  'too-many-terms': 'a '.repeat(1500),
  'too-deep': `${'('.repeat(300)}a${')'.repeat(300)}`,
};

function faultOf(text: string): QueryError {
  try {
    parseQuery(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
  }
  throw new Error(`“${text.slice(0, 20)}” is not wrong`);
}

for (const messages of [de, zh]) {
  describe(`The language ${messages.locale}`, () => {
    const texts = textsOf(messages);

    it('has every word', () => {
      const places = [...texts.keys()];
      expect(places.filter((place) => !place.startsWith(FAULTS)).sort()).to.deep.equal([...english.keys()].sort());
      expect(places.filter((place) => place.startsWith(FAULTS))).not.to.deep.equal([]);
      for (const [place, text] of texts) {
        // Norms of gradients may be no numbers, and that is what they are called.
        if (place !== '.gradientView.rules.nan') expect(text, place).to.not.match(/undefined|NaN|\[object/);
        expect(text === '', place).to.equal(english.get(place) === '');
      }
    });

    it('says what the fields of the query language are', () => {
      for (const field of QUERY_FIELDS) {
        const words = field.type === 'word' ? [...field.words.values()] : [];
        for (const { summary } of [field, ...words])
          expect(messages.search.about({ summary }), summary).to.not.equal(summary);
      }
    });

    it('says what is wrong with a query', () => {
      for (const [code, text] of Object.entries(WRONG)) {
        const fault = faultOf(text);
        expect(fault.code).to.equal(code);
        expect(messages.search.fault(fault), code).to.not.equal(fault.message);
      }
    });
  });
}

describe('Languages', () => {
  it('are written in their own script', () => {
    /** Names and signs, which are the same in Chinese. */
    const SAME =
      /^(zh|Span|Token|Token\/s|ΔToken|Markdown|Mermaid|LLM|JSON|Page Up|Page Down|Home|End|Esc|Tab|Shift|GPU|OpenTelemetry.*|OpenAI.*|LangSmith|Phoenix|base64.*|[\d\s≈≥Σ–x·yz/…p$.“”，]+)$/;
    for (const [place, text] of textsOf(zh)) {
      if (text && !SAME.test(text.trim())) expect(text, place).to.match(/\p{Script=Han}|^[Δ×]|^\d+%$/u);
    }
  });

  it('tell one from many', () => {
    expect([de.models(1), de.models(2), de.models(1200)]).to.deep.equal(['1 Modell', '2 Modelle', '1.200 Modelle']);
    expect([zh.models(1), zh.models(1200)]).to.deep.equal(['1 个模型', '1,200 个模型']);
  });

  it('are found by their tag, or by its beginning', () => {
    expect(languageOf('de')).to.equal(de);
    expect(languageOf('DE-at')).to.equal(de);
    expect(languageOf('zh-Hans-CN')).to.equal(zh);
    for (const tag of ['en', 'en-GB', 'fr', '', 'd', 'deu', '-', 'constructor'])
      expect(languageOf(tag)).to.equal(enFirst);
  });
});
