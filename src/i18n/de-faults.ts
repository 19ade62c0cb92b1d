import type { FaultWords } from './fault-text.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'de');

export const GERMAN_FAULTS: FaultWords = {
  problems: {
    'missing-parent': ({ span, id }) => `Der Eltern-Span ${id} des Spans ${span} ist nicht im Trace.`,
    'self-parent': ({ span }) => `Der Span ${span} nennt sich selbst als Eltern-Span. Er wird als Wurzel gezeigt.`,
    cycle: ({ span }) =>
      `Der Span ${span} ist sein eigener Vorfahr. Der Kreis wird dort getrennt und der Span als Wurzel gezeigt.`,
    'duplicate-id': ({ span, id, count }) => {
      if (!count) return `Der Span ${span} kam mehrmals, jedes Mal gleich. Er wird einmal gezeigt.`;
      return count === 2
        ? `Zwei verschiedene Spans haben die ID ${id}. Der spätere wird als ${span} gezeigt.`
        : `${number(count)} verschiedene Spans haben die ID ${id}. Die späteren werden als ${span} und so weiter gezeigt.`;
    },
    'missing-id': ({ name }) => `Der Span „${name}“ hat keine ID.`,
    'missing-start': ({ span }) => `Der Span ${span} hat keinen Beginn.`,
    'missing-end': ({ span }) => `Der Span ${span} hat kein Ende: Er lief noch.`,
    'end-before-start': ({ span, time }) => `Der Span ${span} endet ${time} vor seinem Beginn.`,
    'several-roots': ({ count }) => `Der Trace hat ${number(count)} Wurzeln.`,
    'several-traces': ({ count }) => `Die Quelle enthält ${number(count)} Traces.`,
    'unreadable-record': ({ message }) => `Ein Teil der Quelle wurde nicht gelesen: ${message}`,
  },
  errors: {
    empty: 'Die Quelle ist leer oder enthält keine Spans.',
    syntax: (line, column) => `Das ist kein gültiges JSON: Zeile ${number(line)}, Spalte ${number(column)}.`,
    unknownFormat: 'Das ist kein Trace in einem bekannten Format.',
    tooLarge: 'Das ist zu groß, um es hier zu lesen.',
    address: 'Das ist keine Adresse.',
    http: (status) => `Der Server hat die Anfrage mit ${status} abgelehnt.`,
    network: 'Der Server hat nicht geantwortet, oder diese Seite darf seine Antwort nicht lesen.',
    timeout: 'Der Server hat zu lange nichts gesendet.',
    backend: {
      address: ({ address }) => `„${address}“ ist keine Adresse.`,
      network: ({ title, address }) =>
        `Unter ${address} antwortet nichts. Stimmt die Adresse, läuft ${title}, und besteht eine Verbindung?`,
      cors: ({ title, setting }) =>
        setting === undefined
          ? `${title} lässt diese Seite nicht lesen (CORS). Fragen Sie über ein Relais auf dem eigenen Server.`
          : `${title} lässt diese Seite nicht lesen (CORS). Setzen Sie dort ${setting}, oder fragen Sie über ein Relais auf dem eigenen Server.`,
      timeout: ({ title }) =>
        `${title} ist verstummt, und die Anfrage wurde aufgegeben. Fragen Sie nach weniger Zeit oder weniger Traces, oder versuchen Sie es noch einmal.`,
      key: ({ title, status }) => `${title} verlangt einen Schlüssel oder einen anderen (${status}).`,
      forbidden: ({ title, status }) => `Dieser Schlüssel darf aus ${title} nicht lesen (${status}).`,
      'not-found': ({ title, address, status }) =>
        `Unter ${address} hat ${title} keine solche Schnittstelle (${status}). Die Adresse gehört ohne den Pfad der Schnittstelle angegeben.`,
      'too-many': ({ title, status, wait }) =>
        `${title} wurde zu oft gefragt (${status}).${wait === undefined ? '' : ` Es bittet, ${number(wait)} s zu warten.`}`,
      refused: ({ title, status }) => `${title} nimmt diese Frage nicht an (${status}).`,
      server: ({ title, status }) => `${title} hat einen Fehler (${status}). Versuchen Sie es später noch einmal.`,
      page: ({ title, address }) =>
        `Unter ${address} steht eine Seite für Menschen und nicht die Schnittstelle von ${title}. Stimmt die Adresse, und sind Sie angemeldet?`,
      unreadable: ({ title, address }) => `${title} hat unter ${address} etwas anderes geantwortet als erwartet.`,
      gone: ({ title, status }) =>
        `${title} hat die nächste Seite nicht mehr (${status}). Was zu sehen ist, bleibt; beginnen Sie von vorn, um zu sehen, was es jetzt gibt.`,
    },
  },
};
