import { countedIn } from './counted.js';
import type { ShareWords } from './en-share.js';
import { formatNumber } from './format.js';

const counted = countedIn('de');

const withMasked = (masked: number | undefined): string =>
  masked === undefined ? 'wie es ist' : `${counted(masked, 'Stelle', 'Stellen')} unkenntlich gemacht`;

export const GERMAN_SHARE: ShareWords = {
  share: 'Teilen',
  masked: 'Ohne Geheimnisse und personenbezogene Daten',
  maskedHint: 'Schlüssel, E-Mail-Adressen, Kartennummern und Ähnliches. Namen von Personen werden nicht erkannt.',
  maskedCopy: 'unkenntlich gemacht',
  asItIs: 'wie es ist: alles Gesagte und jedes Geheimnis',
  asItIsButByHand: (count) =>
    `wie es ist, bis auf ${counted(count, 'von Hand unkenntlich gemachten Text', 'von Hand unkenntlich gemachte Texte')}`,
  original: 'Trace-Datei, wie sie gelesen wurde',
  otlp: 'OpenTelemetry (OTLP JSON)',
  htmlFile: 'HTML-Datei mit dieser Ansicht',
  markdown: 'Als Markdown kopieren',
  timelineSvg: 'Zeitachse als SVG',
  timelinePng: 'Zeitachse als PNG',
  timelineCopy: 'Zeitachse kopieren',
  print: 'Drucken',
  allTraces: (count) => counted(count, 'Trace', 'Traces'),
  thisTrace: 'dieser Trace',
  thisSpan: 'der ausgewählte Span mit allem darin',
  saved: (name, masked) => `${name} gespeichert: ${withMasked(masked)}.`,
  copied: (masked) => `Kopiert: ${withMasked(masked)}.`,
  working: 'In Arbeit …',
  workingAt: (share) => `In Arbeit … ${share}`,
  end: 'Abbrechen',
  ended: 'Abgebrochen. Nichts wurde gespeichert.',
  failed: (reason) => `Das ist fehlgeschlagen: ${reason}`,
  cannotCopy: 'Diese Seite darf nicht in die Zwischenablage schreiben.',
  noOriginal: 'Das Gelesene ist nicht mehr da. OTLP enthält dieselben Spans.',
  noProgram: 'Diese Seite hat nicht angegeben, woher das Skript einer HTML-Datei kommt.',
  maskText: 'Diesen Text unkenntlich machen',
  revealText: 'Diesen Text zeigen',
  maskValue: 'Diesen Wert unkenntlich machen',
  revealValue: 'Diesen Wert zeigen',
  mask: (words) => `Unkenntlich machen: ${words}`,
  reveal: (words) => `Zeigen: ${words}`,
  document: (number) => `Dokument ${formatNumber(number, 'de')}`,
  byHand: 'Von Hand unkenntlich machen',
  byHandAbout: 'Im Span auswählen, was niemand sonst sehen soll.',
  byHandHint:
    'Werte, Nachrichten oder Dokumente auswählen, oder Wörter markieren. Was unkenntlich gemacht ist, ist es überall, wo es steht, auch in allem Geteilten. Texte unter 6 Zeichen nur als ganze Wörter.',
  chooseSpan: 'Zuerst einen Span auswählen.',
  textToMask: 'Unkenntlich zu machender Text',
  maskNow: 'Unkenntlich machen',
  maskedNow: 'Unkenntlich gemacht.',
  notInSpan: 'Das steht nicht in diesem Span. Bitte Wörter eines einzigen Textes markieren.',
  maskingDone: 'Fertig',
  maskedByHand: (count) => `${formatNumber(count, 'de')} von Hand unkenntlich gemacht`,
  andMoreTexts: (count) => `und ${counted(count, 'weiterer Text', 'weitere Texte')}`,
  showAgain: 'Wieder zeigen',
  showAllAgain: 'Alles wieder zeigen',
  openFile: 'Trace-Datei öffnen',
  dropHere: 'Trace-Dateien hier ablegen. Sie werden auf dieser Seite gelesen; nichts wird gesendet.',
  noFiles: 'Das war keine Datei.',
  printedPart: (shown, total) => `Die ersten ${formatNumber(shown, 'de')} von ${formatNumber(total, 'de')} Spans.`,
};
