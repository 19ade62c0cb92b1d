import type { Span, TraceDocument } from '../../model/index.js';
import { shortNumber, type Evaluator, type EvaluatorOptions, type Verdict } from './evaluator.js';

export interface RetrievalQualityOptions extends Omit<EvaluatorOptions, 'name'> {
  /** How many documents count, from the first. 10 where not said otherwise. */
  k?: number;
  /**
   * How relevant a document is: 0 is not at all; `undefined` where nobody said. Where it is not given, the document's metadata
   * is asked for `relevance`, `relevant`, `is_relevant` or `label`.
   */
  relevance?: (document: TraceDocument, span: Span) => number | undefined;
}

/**
 * How good the order of the documents is that a retriever or reranker gave, in three scores: `hit@k` (1 where one of the first
 * k is relevant), `reciprocal rank@k` (1 divided by the place of the first relevant one; its mean is MRR) and `nDCG@k`
 * (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", with the gain as it is labelled).
 *
 * What is relevant is said by the labels of the documents, or by `expected`: a list of the ids of all relevant documents. Where
 * neither says anything, there is no verdict; a document without a label is not relevant where others have one. Of labels, nDCG
 * compares with the best order of the documents that were given: what was not found is not known.
 */
export const retrievalQuality = ({
  isFor = ({ kind }) => kind === 'retriever' || kind === 'reranker',
  k = 10,
  relevance = labelOf,
}: RetrievalQualityOptions = {}): Evaluator => ({
  name: 'retrieval quality',
  source: 'code',
  isFor,
  judge: ({ span, expected }) => {
    const { documents } = span;
    const wanted = idsOf(expected);
    const labels = documents.map((document) =>
      wanted ? Number(document.id !== undefined && wanted.has(document.id)) : relevance(document, span),
    );
    if (!wanted && labels.every((label) => label === undefined)) return undefined;
    const gains = labels.map((label) => Math.max(0, label ?? 0));
    const first = gains.slice(0, k).findIndex((gain) => gain > 0);
    const unlabelled = labels.filter((label) => label === undefined).length;
    const verdict = (name: string, value: number): Verdict => ({
      name: `${name}@${k}`,
      value,
      explanation:
        `${first < 0 ? 'None' : `The first at place ${first + 1}`} of ${Math.min(k, gains.length)} is relevant` +
        (unlabelled ? `; ${unlabelled} have no label` : ''),
    });
    const best = gainOf(
      wanted ? new Array<number>(wanted.size).fill(1) : gains.toSorted((one, other) => other - one),
      k,
    );
    return [
      verdict('hit', first < 0 ? 0 : 1),
      verdict('reciprocal rank', first < 0 ? 0 : 1 / (first + 1)),
      // Where nothing is relevant, every order is as good as another.
      ...(best > 0 ? [{ ...verdict('nDCG', gainOf(gains, k) / best), explanation: gainsInWords(gains, k) }] : []),
    ];
  },
});

/** Discounted cumulated gain. */
const gainOf = (gains: readonly number[], k: number): number =>
  gains.slice(0, k).reduce((sum, gain, place) => sum + gain / Math.log2(place + 2), 0);

const gainsInWords = (gains: readonly number[], k: number): string =>
  `Gains by place: ${gains.slice(0, k).map(shortNumber).join(', ')}`;

function idsOf(expected: unknown): ReadonlySet<string> | undefined {
  const isIds = Array.isArray(expected) && expected.length > 0 && expected.every((id) => typeof id === 'string');
  return isIds ? new Set(expected) : undefined;
}

const LABELS = ['relevance', 'relevant', 'is_relevant', 'label'] as const;
const WORDS: ReadonlyMap<string, number> = new Map([
  ['relevant', 1],
  ['irrelevant', 0],
  ['not relevant', 0],
  ['unrelated', 0],
]);

function labelOf({ metadata }: TraceDocument): number | undefined {
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  for (const name of LABELS) {
    const label: unknown = Object.hasOwn(metadata, name) ? (metadata as Record<string, unknown>)[name] : undefined;
    if (typeof label === 'boolean') return Number(label);
    if (typeof label === 'number' && Number.isFinite(label)) return label;
    const known = typeof label === 'string' ? WORDS.get(label.trim().toLowerCase()) : undefined;
    if (known !== undefined) return known;
  }
  return undefined;
}
