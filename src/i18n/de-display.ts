import { countedIn } from './counted.js';
import type { DisplayWords } from './en-display.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');
const number = (value: number): string => formatNumber(value, 'de');

export const GERMAN_DISPLAY: DisplayWords = {
  display: 'Darstellung der Spans',

  hide: 'Spans ausblenden',
  fields: { kinds: 'Nach Art', names: 'Nach Name', services: 'Nach Dienst' },
  hiddenSpans: (count) => `${counted(count, 'Span', 'Spans')} ausgeblendet`,
  showAll: 'Alle zeigen',
  findValue: 'Name oder Dienst suchen',
  moreValues: (count) => `${number(count)} weitere: einen Teil davon eingeben`,
  noValue: 'Nichts heißt so.',
  valueWithCount: (value, count) => `${value}, ${counted(count, 'Span', 'Spans')}`,

  grouped: 'Wiederholte Spans gruppieren',
  groupedHint: (fewest) => `Ab ${number(fewest)} hintereinander mit gleichem Namen und gleicher Art`,
  times: (count) => `×${number(count)}`,
  timesSpoken: (count) => `${number(count)}-mal`,
  total: (duration) => `Σ ${duration}`,
  totalSpoken: (duration) => `zusammen ${duration}`,

  scale: 'Maßstab',
  scales: { time: 'Zeit', compact: 'Zeit, Leerlauf gekürzt', sequence: 'Reihenfolge von Anfang und Ende' },
  idle: (duration) => `${duration} Leerlauf`,
  idleCut: (count) => `${counted(count, 'Leerlauf', 'Leerläufe')} gekürzt`,
  inOrder: 'der Reihe nach, nicht maßstäblich',

  layout: 'Zeitachse',
  layouts: { time: 'Flame-Chart, nach Zeit', icicle: 'Icicle, nach Dauer' },
  icicleNote: 'Ein Span ist so breit, wie er oder das, was in ihm ist, zusammen gedauert hat.',

  matchesInside: (count) => `${counted(count, 'Treffer', 'Treffer')} darin`,

  parentMissing: 'Übergeordneter Span noch nicht empfangen',
  newest: 'Neuester',
  newestHint: 'Zum neuesten Span gehen und folgen',
};
