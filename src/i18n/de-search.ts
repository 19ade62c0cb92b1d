import { countedIn } from './counted.js';
import type { QueryFault, SearchWords } from './en-search.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');
const number = (value: number): string => formatNumber(value, 'de');

/** What fields and values are, by the English words of the registry. */
const SUMMARIES: ReadonlyMap<string, string> = new Map([
  ['What the span did.', 'Was der Span getan hat.'],
  ['How it ended.', 'Wie er endete.'],
  ['What it is in the trace.', 'Was er im Trace ist.'],
  ['What it has; also the key of an attribute.', 'Was er hat; auch der Schlüssel eines Attributs.'],
  ['Its name.', 'Sein Name.'],
  [
    'The tool, agent or function, where the name does not say it.',
    'Das Tool, der Agent oder die Funktion, wo der Name es nicht sagt.',
  ],
  ['The model that it called.', 'Das aufgerufene Modell.'],
  ['What went wrong, in the words of the trace.', 'Was fehlschlug, in den Worten des Traces.'],
  ['Who serves the model.', 'Der Anbieter des Modells.'],
  ['The service that it ran in.', 'Der Dienst, in dem er lief.'],
  ['Its id.', 'Seine Kennung.'],
  ['The session of the trace.', 'Die Sitzung des Traces.'],
  ['The user of the trace.', 'Der Nutzer des Traces.'],
  ['A tag of the trace.', 'Ein Tag des Traces.'],
  ['How long it took.', 'Wie lange er dauerte.'],
  ['When it began, from the start of the trace.', 'Wann er begann, ab dem Beginn des Traces.'],
  ['Time to the first token.', 'Zeit bis zum ersten Token.'],
  ['Tokens that it states for itself.', 'Tokens, die er selbst angibt.'],
  ['Those that went in.', 'Tokens der Eingabe.'],
  ['Those that came out.', 'Tokens der Ausgabe.'],
  ['Those that were read from the prompt cache.', 'Tokens aus dem Prompt-Cache.'],
  ['Those that were spent on reasoning.', 'Tokens fürs Nachdenken.'],
  ['US dollars that it states for itself.', 'US-Dollar, die er selbst angibt.'],
  [
    'Tokens of the span and of all that is in it, each call counted once.',
    'Tokens des Spans und von allem darin, jeder Aufruf einmal gezählt.',
  ],
  [
    'US dollars of the span and of all that is in it, each call counted once.',
    'US-Dollar des Spans und von allem darin, jeder Aufruf einmal gezählt.',
  ],
  ['How many spans it is inside of.', 'In wie vielen Spans er liegt.'],
  ['How many spans are directly inside it.', 'Wie viele Spans direkt in ihm liegen.'],
  ['it failed', 'er schlug fehl'],
  ['other spans inside it', 'andere Spans in ihm'],
  ['a cost of its own', 'eigene Kosten'],
  ['tokens of its own', 'eigene Tokens'],
  ['reasoning, as tokens or in a message', 'Nachdenken, als Tokens oder in einer Nachricht'],
  ['a value that went in', 'eine Eingabe'],
  ['a value that came out', 'eine Ausgabe'],
  ['a conversation', 'ein Gespräch'],
  ['tools that the model was offered', 'Tools, die dem Modell angeboten wurden'],
  ['tool calls in its messages', 'Tool-Aufrufe in seinen Nachrichten'],
  ['documents that were retrieved or ranked', 'Dokumente, die gefunden oder sortiert wurden'],
  ['a score', 'eine Bewertung'],
  ['images in its messages', 'Bilder in seinen Nachrichten'],
  ['recordings in its messages', 'Tonaufnahmen in seinen Nachrichten'],
  ['films in its messages', 'Videos in seinen Nachrichten'],
  ['files in its messages', 'Dateien in seinen Nachrichten'],
  ['citations in its messages', 'Zitate in seinen Nachrichten'],
  ['an answer that was refused', 'eine verweigerte Antwort'],
  ['an exception', 'eine Ausnahme'],
  ['parameters of its call', 'Parameter seines Aufrufs'],
  ['a prompt template', 'eine Prompt-Vorlage'],
  ['events', 'Ereignisse'],
  ['links to other spans', 'Verweise auf andere Spans'],
  ['has begun and not ended', 'hat begonnen und nicht geendet'],
  ['has no parent in the trace', 'hat keinen Elternspan im Trace'],
  ['has no children', 'hat keine Kindspans'],
  [
    'names a parent that is not in the trace, or that is inside it',
    'nennt einen Elternspan, der nicht im Trace ist oder in ihm selbst liegt',
  ],
]);

const OF_KIND = 'of the kind ';
const WITH_STATUS = 'with the status ';

function summaryInGerman(summary: string): string {
  if (summary.startsWith(OF_KIND)) return `von der Art ${summary.slice(OF_KIND.length)}`;
  if (summary.startsWith(WITH_STATUS)) return `mit dem Status ${summary.slice(WITH_STATUS.length)}`;
  return SUMMARIES.get(summary) ?? summary;
}

function faultInGerman({ code, message, seen, expected }: QueryFault): string {
  const instead = expected.length > 0 ? ` Möglich ist: ${expected.join(', ')}.` : '';
  switch (code) {
    case 'expected-term':
      return `Hier fehlt ein Suchbegriff${seen === '' ? '' : ` vor „${seen}“`}.${instead}`;
    case 'expected-value':
      return `Hier fehlt ein Wert.${instead}`;
    case 'unknown-field':
      return `Das Feld „${seen}“ gibt es nicht.${instead} Um nach dem Text zu suchen, setzen Sie ihn in Anführungszeichen.`;
    case 'unknown-value':
      return `„${seen}“ ist hier nicht bekannt.${instead}`;
    case 'not-a-number':
      return `${seen === '' ? 'Hier fehlt eine Zahl.' : `„${seen}“ ist keine Zahl.`}${
        expected.length > 0 ? ` Einheiten: ${expected.join(', ')}.` : ''
      }`;
    case 'not-comparable':
      return `Dieses Feld ist keine Zahl: statt „${seen.trim()}“ gehört hier „:“ hin.`;
    case 'backwards-range':
      return `Der Bereich „${seen}“ endet, bevor er beginnt.`;
    case 'unclosed-quote':
      return 'Dieses Anführungszeichen ist nicht geschlossen.';
    case 'unclosed-group':
      return 'Diese Klammer „(“ ist nicht geschlossen. Um nach ihr zu suchen, setzen Sie sie in Anführungszeichen.';
    case 'unexpected-close':
      return 'Diese Klammer „)“ schließt nichts. Um nach ihr zu suchen, setzen Sie sie in Anführungszeichen.';
    case 'too-long':
      return 'Die Suche ist zu lang.';
    case 'too-many-terms':
      return 'Die Suche hat zu viele Wörter und Felder.';
    case 'too-deep':
      return 'Zu viele Klammern und Minuszeichen liegen ineinander.';
    default:
      return message;
  }
}

export const GERMAN_SEARCH: SearchWords = {
  search: 'Suchen',
  placeholder: 'Wörter, kind:tool, status:error, tokens>5k …',
  suggestions: 'Vorschläge',
  about: ({ summary = '' }) => summaryInGerman(summary),
  spans: (count) => counted(count, 'Span', 'Spans'),
  clear: 'Suche leeren',
  close: 'Suche schließen',
  next: 'Nächster Treffer',
  previous: 'Vorheriger Treffer',
  hideOthers: 'Andere ausblenden',
  found: (matches, spans) => `${number(matches)} von ${counted(spans, 'Span', 'Spans')}`,
  place: (place, matches) => `Treffer ${number(place)} von ${number(matches)}`,
  reading: (done) => `${done} gelesen`,
  fault: faultInGerman,
  match: 'Treffer',
  hasMatch: 'enthält Treffer',
};
