import type { BackendWords } from './en-backends.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'de');

export const GERMAN_BACKENDS: BackendWords = {
  fields: {
    name: 'Name',
    status: 'Fehler',
    model: 'Modell',
    service: 'Dienst',
    sessionId: 'Sitzung',
    userId: 'Nutzer',
    tag: 'Tag',
    from: 'Von',
    to: 'Bis',
    minDuration: 'Kürzeste Dauer',
    maxDuration: 'Längste Dauer',
    native: 'Abfrage',
  },
  onlyFailed: 'Nur mit Fehlern',
  query: 'Welche Traces abgefragt werden',
  shown: (shown, total) =>
    total === undefined
      ? `Die ersten ${number(shown)} Traces; es gibt weitere`
      : `${number(shown)} von ${number(total)} Traces`,
  shownAll: (shown) => (shown === 1 ? 'Der einzige Trace' : `Alle ${number(shown)} Traces`),
  loadingMore: 'Weitere Traces werden geladen …',
  more: 'Mehr',
  since: (moment) => `seit ${moment}`,
  notFiltered: (backend, fields) => `${backend} filtert danach nicht, deshalb bleibt es unberücksichtigt: ${fields}`,
  cannotFilter: (backend) => `${backend} filtert danach nicht`,
  incomplete: 'Es können Traces fehlen:',
  keepsShown: 'Die Traces darüber bleiben stehen.',
  beginAgain: 'Von vorn beginnen',
  figuresOf: (read, total) =>
    total === undefined
      ? `Kennzahlen der ersten ${number(read)} Traces; es gibt weitere`
      : `Kennzahlen von ${number(read)} der ${number(total)} Traces`,
};
