import type { SourceWords } from './en-sources.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'de');
const documents = (count: number): string => `${number(count)} ${count === 1 ? 'Dokument' : 'Dokumente'}`;
const stretches = (count: number): string => `${number(count)} ${count === 1 ? 'Stelle' : 'Stellen'}`;

export const GERMAN_SOURCES: SourceWords = {
  title: 'Quellen',
  methods: {
    verbatim: 'Wörtliche Übereinstimmungen',
    citation: 'Zitate',
    retrieval: 'Abgerufene Dokumente',
    influence: 'Geschätzter Einfluss',
  },
  honest: {
    verbatim:
      'Wörtliche Übereinstimmung, kein Beweis: diese Wörter stehen auch in den Dokumenten. Das ist weder der Grund, warum das Modell sie schrieb, noch eine Prüfung, ob sie stimmen.',
    citation: 'Vom Modell oder seinem Anbieter zitiert. Ob die Quellen das sagen, wurde hier nicht geprüft.',
    retrieval:
      'Das Modell bekam diese Dokumente. Markiert ist, was wörtlich in ihnen steht (ab fünf Wörtern, oder ein ganzes Dokument): eine Übereinstimmung beweist nicht, dass ein Dokument benutzt wurde, und was anders formuliert ist, wird nicht gefunden.',
    influence: 'Von einem Verfahren geschätzt: ein Wert beweist nicht, dass ein Dokument die Ursache war.',
  },
  method: 'Art der Quelle',
  answer: 'Antwort',
  documents: 'Dokumente',
  counts: (spans, count) => `${stretches(spans)} der Antwort, ${documents(count)}.`,
  relevance: {
    high: 'Hohe Relevanz',
    medium: 'Mittlere Relevanz',
    low: 'Geringe Relevanz',
    unknown: 'Relevanz nicht angegeben',
  },
  span: (text, count) => `„${text}“, ${documents(count)}`,
  chosenSpan: (count) => `${documents(count)} zur gewählten Stelle.`,
  chosenDocument: (count) => `${stretches(count)} der Antwort zum gewählten Dokument.`,
  nothingChosen: 'Alle Dokumente werden gezeigt.',
  clear: 'Alle zeigen',
  spansOf: (count) => `${stretches(count)} der Antwort`,
  noSpans: 'keine Stelle der Antwort',
  repeated: (times) => `${number(times)}-mal genannt`,
  inCorpus: (count) => `${number(count)}-mal im Korpus`,
  score: 'Bewertung',
  from: (source) => `aus ${source}`,
  noName: 'Dokument ohne Namen',
  fullText: 'Ganzer Text',
  morePassages: (count) => `${number(count)} weitere`,
  moreNotShown: (count) => `${number(count)} weitere werden nicht gezeigt.`,
  lost: (count) => `${stretches(count)} der Aufzeichnung ${count === 1 ? 'steht' : 'stehen'} nicht in dieser Antwort.`,
  table: 'Stellen als Tabelle',
  stretch: 'Stelle',
  keys: 'Pfeiltasten gehen von Stelle zu Stelle, die Eingabetaste wählt eine, Escape zeigt alle.',

  noAnswer: 'Die Antwort selbst ist nicht in der Aufzeichnung.',
  noMatch: {
    verbatim: 'Es gibt keine wörtliche Übereinstimmung. Die Dokumente können dasselbe mit anderen Worten sagen.',
    citation: 'Kein Zitat hat eine Stelle in der Antwort.',
    retrieval: 'Keine fünf Wörter hintereinander stehen in der Antwort und in einem Dokument gleich.',
    influence: 'Keine Stelle der Antwort ist genannt.',
  },
  notCaptured: 'Die Quellen dieser Antwort wurden nicht erfasst.',
  howTo:
    'Sie sind in einem Trace, wenn der Anbieter sie zitiert, wenn ein Retriever seine Dokumente aufgezeichnet hat und das Modell sie bekam, oder wenn OLMoTrace gefragt wurde.',
  notLoaded: 'Diese Ansicht konnte nicht geladen werden.',
};
