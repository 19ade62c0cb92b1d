import { englishCount } from './english.js';

/** Words for what an answer rests on. */
export interface SourceWords {
  /** Of the tab. */
  title: string;
  methods: Readonly<Record<'verbatim' | 'citation' | 'retrieval' | 'influence', string>>;
  /** What a source is worth, in a sentence. */
  honest: Readonly<Record<'verbatim' | 'citation' | 'retrieval' | 'influence', string>>;
  method: string;
  answer: string;
  documents: string;
  /** How many stretches of the answer, and how many documents. */
  counts(spans: number, documents: number): string;
  relevance: Readonly<Record<'high' | 'medium' | 'low' | 'unknown', string>>;
  /** A stretch of the answer, and how many documents it leads to. */
  span(text: string, documents: number): string;
  /** Of a document that was chosen, or the documents of a stretch. */
  chosenSpan(documents: number): string;
  chosenDocument(spans: number): string;
  nothingChosen: string;
  clear: string;
  spansOf(count: number): string;
  noSpans: string;
  repeated(times: number): string;
  inCorpus(count: number): string;
  score: string;
  from(source: string): string;
  noName: string;
  fullText: string;
  morePassages(count: number): string;
  moreNotShown(count: number): string;
  lost(count: number): string;
  table: string;
  stretch: string;
  keys: string;

  noAnswer: string;
  noMatch: Readonly<Record<'verbatim' | 'citation' | 'retrieval' | 'influence', string>>;
  notCaptured: string;
  howTo: string;
  notLoaded: string;
}

const documents = (count: number): string => `${englishCount(count)} ${count === 1 ? 'document' : 'documents'}`;
const stretches = (count: number): string => `${englishCount(count)} ${count === 1 ? 'passage' : 'passages'}`;

export const ENGLISH_SOURCES: SourceWords = {
  title: 'Sources',
  methods: {
    verbatim: 'Word-for-word matches',
    citation: 'Citations',
    retrieval: 'Retrieved documents',
    influence: 'Estimated influence',
  },
  honest: {
    verbatim:
      'Verbatim match, not proof: these words stand in the documents too. That is neither why the model wrote them nor a check that they are true.',
    citation: 'Cited by the model or its provider. Nobody has checked here that the sources say so.',
    retrieval:
      'The model was given these documents. Marked is what stands in them word for word (five words or more, or a whole document): a match is no proof that a document was used, and what was put in other words is not found.',
    influence: 'Estimated by a method: a score is no proof that a document was the cause.',
  },
  method: 'Kind of source',
  answer: 'Answer',
  documents: 'Documents',
  counts: (spans, count) => `${stretches(spans)} of the answer, ${documents(count)}.`,
  relevance: {
    high: 'High relevance',
    medium: 'Medium relevance',
    low: 'Low relevance',
    unknown: 'Relevance not stated',
  },
  span: (text, count) => `“${text}”, ${documents(count)}`,
  chosenSpan: (count) => `${documents(count)} for the chosen passage.`,
  chosenDocument: (count) => `${stretches(count)} of the answer for the chosen document.`,
  nothingChosen: 'All documents are shown.',
  clear: 'Show all',
  spansOf: (count) => `${stretches(count)} of the answer`,
  noSpans: 'no passage of the answer',
  repeated: (times) => `named ${englishCount(times)} times`,
  inCorpus: (count) => `${englishCount(count)} times in the corpus`,
  score: 'Score',
  from: (source) => `from ${source}`,
  noName: 'Document without a name',
  fullText: 'Full text',
  morePassages: (count) => `${englishCount(count)} more`,
  moreNotShown: (count) => `${englishCount(count)} more are not shown.`,
  lost: (count) => `${stretches(count)} of the record ${count === 1 ? 'is' : 'are'} not in this answer.`,
  table: 'Passages as a table',
  stretch: 'Passage',
  keys: 'Arrows go from passage to passage, Enter chooses one, Escape shows all.',

  noAnswer: 'The answer itself is not in the record.',
  noMatch: {
    verbatim: 'No word-for-word match was found. The documents may say the same in other words.',
    citation: 'No citation has a place in the answer.',
    retrieval: 'No five words in a row stand in the answer and in a document alike.',
    influence: 'No passage of the answer is named.',
  },
  notCaptured: 'The sources of this answer were not captured.',
  howTo:
    'They are in a trace when the provider cites them, when a retriever recorded its documents and the model was given them, or when OLMoTrace was asked.',
  notLoaded: 'This view could not be loaded.',
};
