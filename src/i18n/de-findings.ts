import { countedIn } from './counted.js';
import type { FindingWords } from './finding-text.js';

const counted = countedIn('de');

/** The findings of the analysis in German, by the name of the rule. */
export const GERMAN_FINDINGS: ReadonlyMap<string, FindingWords> = new Map<string, FindingWords>([
  [
    'tools-in-a-row',
    {
      title: 'Tool-Aufrufe, die unnötig warten',
      rule: 'Tools desselben Elternspans liefen nacheinander, und kein Wert aus der Ausgabe des einen steht in der Eingabe eines späteren.',
      found: ({ count, share, otherTime }) =>
        `${share} der Zeit entfielen auf ${counted(count, 'Tool-Aufruf', 'Tool-Aufrufe')} nacheinander, die nicht ` +
        `voneinander abhängen. Parallel ausgeführt würden sie ${otherTime} sparen.`,
    },
  ],
  [
    'longest-gap',
    {
      title: 'Längste Lücke',
      rule: 'Ein Span, der nur andere enthält, lief mindestens ein Zehntel der Zeit, ohne dass in ihm etwas lief.',
      found: ({ name, time, share }) => `${time} lang, ${share} der Zeit, lief in ${name} nichts.`,
    },
  ],
  [
    'slowest-kind',
    {
      title: 'Wo die Zeit blieb',
      rule: 'Spans einer Art leisteten mindestens drei Fünftel der Arbeit, ohne das, was in ihnen lief.',
      found: ({ name, time, share }) => `${share} der Arbeit lag in Spans der Art ${name}: ${time}.`,
    },
  ],
  [
    'slow-first-token',
    {
      title: 'Spätes erstes Token',
      rule: 'Ein Aufruf brauchte mindestens fünf Sekunden bis zum Beginn seiner Antwort.',
      found: ({ count, time }) =>
        `${counted(count, 'Aufruf begann', 'Aufrufe begannen')} spät zu antworten, der langsamste nach ${time}.`,
    },
  ],
  [
    'low-token-rate',
    {
      title: 'Langsame Antworten',
      rule: 'Eine Antwort von mindestens 50 Tokens kam ab ihrem ersten Token mit weniger als 10 Tokens pro Sekunde.',
      found: ({ count, rate }) =>
        `${counted(count, 'Antwort kam', 'Antworten kamen')} langsam, die langsamste mit ${rate} Tokens pro Sekunde.`,
    },
  ],
  [
    'retried-calls',
    {
      title: 'Wiederholte Aufrufe',
      rule: 'Ein Aufruf schlug fehl und wurde noch einmal versucht.',
      found: ({ count, time }) =>
        `${counted(count, 'Versuch schlug fehl und wurde', 'Versuche schlugen fehl und wurden')} wiederholt; das dauerte ${time}.`,
    },
  ],
  [
    'rate-limits',
    {
      title: 'Ratenbegrenzung',
      rule: 'Ein Server lehnte einen Aufruf ab, weil es zu viele waren.',
      found: ({ count, time }) =>
        `${counted(count, 'Aufruf wurde', 'Aufrufe wurden')} wegen einer Ratenbegrenzung abgelehnt` +
        (time ? `; der Server bat um bis zu ${time} Wartezeit.` : '.'),
    },
  ],
  [
    'repeated-tool-calls',
    {
      title: 'Derselbe Aufruf noch einmal',
      rule: 'Ein Agent rief ein Tool erneut mit denselben Argumenten auf, obwohl es nicht fehlgeschlagen war.',
      found: ({ count, name }) => `${name} wurde ${counted(count, 'Mal', 'Mal')} mit denselben Argumenten aufgerufen.`,
    },
  ],
  [
    'context-growth',
    {
      title: 'Wachsender Kontext',
      rule: 'Mindestens vier Aufrufe eines Agenten bekamen jeweils mehr, am Ende das Dreifache und mindestens 8.000 Tokens.',
      found: ({ count, tokens, otherTokens }) =>
        `Die Eingabe des Modells wuchs in ${counted(count, 'Aufruf', 'Aufrufen')} von ${tokens} auf ${otherTokens} Tokens.`,
    },
  ],
  [
    'prompt-cache-misses',
    {
      title: 'Prompt-Cache verfehlt',
      rule: 'Ein Aufruf setzte den vorigen binnen fünf Minuten fort, und weniger als die Hälfte davon kam aus dem Cache.',
      found: ({ count, tokens }) =>
        `${counted(count, 'Aufruf las', 'Aufrufe lasen')} ${tokens} Tokens neu, die aus dem Prompt-Cache hätten kommen können.`,
    },
  ],
  [
    'truncated-outputs',
    {
      title: 'Abgeschnittene Antworten',
      rule: 'Der Anbieter meldet, dass die Antwort die Tokengrenze erreicht hat.',
      found: ({ count }) => `${counted(count, 'Antwort wurde', 'Antworten wurden')} an der Tokengrenze abgeschnitten.`,
    },
  ],
  [
    'most-expensive-call',
    {
      title: 'Teuerster Aufruf',
      rule: 'Von mindestens drei Aufrufen kostete einer so viel wie alle anderen zusammen.',
      found: ({ name, cost, share }) => `${name} kostete ${cost}, ${share} des Ganzen.`,
    },
  ],
  [
    'usage-counted-twice',
    {
      title: 'Doppelt angegebene Tokens',
      rule: 'Ein Span wiederholt die Tokens von Aufrufen in oder neben ihm. Summen zählen sie hier einmal.',
      found: ({ count, tokens }) =>
        `${counted(count, 'Span wiederholt', 'Spans wiederholen')} ${tokens} Tokens, die auch andere Spans angeben. ` +
        'Hier zählen sie einmal; andere Werkzeuge zählen sie womöglich doppelt.',
    },
  ],
]);
