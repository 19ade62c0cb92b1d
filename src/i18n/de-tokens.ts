import { countedIn } from './counted.js';
import type { TokenWords } from './en-tokens.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');
const number = (value: number): string => formatNumber(value, 'de');

export const GERMAN_TOKENS: TokenWords = {
  title: 'Tokens',
  colourBy: 'Einfärben nach',
  measures: { probability: 'Wahrscheinlichkeit', rank: 'Rang', entropy: 'Entropie' },
  scale: 'Von sicher bis unsicher',
  previousUncertain: 'Voriges unsicheres Token',
  nextUncertain: 'Nächstes unsicheres Token',
  noUncertain: 'Kein unsicheres Token',
  table: 'Tabelle',
  prompt: 'Prompt',
  output: 'Ausgabe',
  keys: 'Pfeiltasten gehen von Token zu Token, mit der Umschalttaste wählen sie einen Abschnitt; n und p gehen zum nächsten und zum vorigen unsicheren Token.',
  percent: (value) => `${value} %`,

  outputTokens: (count) => counted(count, 'Ausgabe-Token', 'Ausgabe-Tokens'),
  promptTokens: (count) => counted(count, 'Prompt-Token', 'Prompt-Tokens'),
  knownFor: (count) => `Wahrscheinlichkeit bekannt bei ${number(count)}`,
  sum: 'Summe der Logprobs',
  mean: 'Mittlere Logprob',
  perplexity: 'Perplexität',
  uncertain: (count) => counted(count, 'unsicheres Token', 'unsichere Tokens'),
  dist: { raw: 'roh', processed: 'verarbeitet', unknown: 'roh oder verarbeitet: nicht angegeben' },
  distHint: {
    raw: 'Wahrscheinlichkeiten des Modells, vor Temperatur, Abzügen und Top-p',
    processed: 'Wahrscheinlichkeiten nach Temperatur, Abzügen und Top-p',
    unknown:
      'Der Anbieter gibt nicht an, ob Temperatur, Abzüge und Top-p in diese Wahrscheinlichkeiten eingegangen sind',
  },
  onlyMean: 'Der Anbieter gibt nur den Mittelwert aller Tokens an.',
  entropyEstimated: 'aus den wahrscheinlichsten Tokens berechnet: mindestens so viel',
  dropped: (what) => `Nicht gezeigt: ${what}`,

  token: (text, details) => `„${text}“, ${details}`,
  tokens: (from, to) => `Tokens ${number(from)} bis ${number(to)}`,
  logprob: 'Logprob',
  id: 'Nummer',
  bytes: 'Bytes',
  after: 'Nach',
  place: 'Token',
  chosen: 'gewählt',
  others: 'Alle anderen',
  notKnown: 'nicht bekannt',
  rankBeyond: (rank) => `über ${number(rank)}`,
  atLeast: (value) => `≥ ${value}`,
  moreLikely: (count) => `${number(count)} weitere`,
  likely: 'Am wahrscheinlichsten',

  fields: 'Argumente von Tool-Aufrufen und JSON-Felder',
  field: 'Feld',
  value: 'Wert',
  weakest: 'Unwahrscheinlichstes Token',

  notCaptured: 'Die Wahrscheinlichkeiten der Tokens wurden nicht aufgezeichnet.',
  howTo: 'Sie stehen im Trace, wenn der Aufruf danach fragt:',
  approximate: (name) =>
    `Tokens nach ${name}: eine Näherung, nicht das, was dem Modell gegeben wurde. Wahrscheinlichkeiten wurden nicht aufgezeichnet.`,
  tokenizing: 'Der Text wird zerlegt…',
  tokenizerFailed: (reason) => `Der Tokenizer ist gescheitert: ${reason}`,
  problems: 'Teile der Aufzeichnung, die nicht stimmen und weggelassen wurden:',
  notLoaded: 'Diese Ansicht konnte nicht geladen werden.',
};
