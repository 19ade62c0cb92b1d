/** Numbers, times and sizes as people read them. Formatters are made once a locale: making one is dear. */
import { englishCompact, englishMoment, englishNumber, englishPercent, englishSignificant } from './english.js';
import type { Messages } from './messages.js';

/** Formats by their options, then by locale: these are asked for with every row. */
const numberFormats = new Map<Intl.NumberFormatOptions, Map<string, Intl.NumberFormat>>();

/** @param options always the same object for the same options */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  let formats = numberFormats.get(options);
  if (!formats) numberFormats.set(options, (formats = new Map<string, Intl.NumberFormat>()));
  let format = formats.get(locale);
  if (!format) formats.set(locale, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

/** Digits behind the point: so many at least, and so many at most. */
interface Digits {
  readonly minimumFractionDigits: number;
  readonly maximumFractionDigits: number;
}

const digits = (least: number, most: number): Digits => ({ minimumFractionDigits: least, maximumFractionDigits: most });

const PLAIN = digits(0, 4);
const WHOLE = digits(0, 0);
const TENTHS = digits(0, 1);
const FIXED = [WHOLE, digits(1, 1), digits(2, 2)] as const;
const COMPACT: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 1 };
const PERCENT: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 0 };

const DOLLARS = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
const WHOLE_DOLLARS: Intl.NumberFormatOptions = { ...DOLLARS, minimumFractionDigits: 2, maximumFractionDigits: 2 };
const CENTS: Intl.NumberFormatOptions = { ...DOLLARS, minimumSignificantDigits: 2, maximumSignificantDigits: 3 };
const LESS_THAN_CENTS: Intl.NumberFormatOptions = { ...CENTS, maximumSignificantDigits: 2 };

/** How moments are told: the language, and the time zone where it is not that of the browser. */
type MomentLanguage = Pick<Messages, 'locale' | 'timeZone'>;

const dateFormats = new Map<string, Intl.DateTimeFormat>();

const isEnglish = (locale: string): boolean => locale === 'en';

function decimal(value: number, locale: string, options: Digits): string {
  const { minimumFractionDigits: least, maximumFractionDigits: most } = options;
  const english = isEnglish(locale) ? englishNumber(value, least, most) : undefined;
  return english ?? numberFormat(locale, options).format(value);
}

export const formatNumber = (value: number, locale: string): string => decimal(value, locale, PLAIN);

/** Counts where space is short: 186, 4.1k, 14.4k, 1.2M. */
export function formatCompact(value: number, locale: string): string {
  if (value < 1000) return decimal(value, locale, WHOLE);
  const english = isEnglish(locale) ? englishCompact(value) : undefined;
  return english ?? numberFormat(locale, COMPACT).format(value).replace('K', 'k');
}

export function formatPercent(share: number, locale: string): string {
  const english = isEnglish(locale) ? englishPercent(share) : undefined;
  return english ?? numberFormat(locale, PERCENT).format(share);
}

/** US dollars, with the digits that small amounts need: $12.40, $0.0213, $0.000031. */
export function formatCost(dollars: number, locale: string): string {
  const amount = Math.abs(dollars);
  const isWhole = amount >= 0.9995 || amount === 0;
  const most = amount >= 0.01 ? 3 : 2;
  const english = isWhole ? englishNumber(amount, 2, 2) : englishSignificant(amount, 2, most);
  if (isEnglish(locale) && english !== undefined) return `${dollars < 0 ? '-' : ''}$${english}`;
  return numberFormat(locale, isWhole ? WHOLE_DOLLARS : most === 3 ? CENTS : LESS_THAN_CENTS).format(dollars);
}

/**
 * A duration in the unit that suits it: 42 ns, 340 µs, 156 ms, 4.21 s, 3 min 20 s, 2 h 5 min. The numbers are those of the
 * language; the signs of the units are international.
 */
export function formatDuration(ms: number, locale: string): string {
  const sign = ms < 0 ? '−' : '';
  const length = Math.abs(ms);
  const number = (value: number, digits: 0 | 1 | 2): string => decimal(value, locale, FIXED[digits]);
  if (!Number.isFinite(ms)) return '';
  if (length === 0) return '0 ms';
  if (length < 0.000_999_5) return `${sign}${number(length * 1e6, 0)} ns`;
  if (length < 0.099_95) return `${sign}${number(length * 1000, 1)} µs`;
  if (length < 0.9995) return `${sign}${number(length * 1000, 0)} µs`;
  if (length < 9.95) return `${sign}${number(length, 1)} ms`;
  if (length < 999.5) return `${sign}${number(length, 0)} ms`;
  if (length < 59_995) return `${sign}${number(length / 1000, 2)} s`;
  const seconds = Math.round(length / 1000);
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return `${sign}${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  const hours = Math.round(minutes / 60);
  return `${sign}${number(Math.floor(hours / 24), 0)} d ${hours % 24} h`;
}

/** A size of data: 820 B, 34 KB, 5.2 MB. */
export function formatBytes(bytes: number, locale: string): string {
  if (bytes < 1000) return `${bytes} B`;
  const [value, unit] =
    bytes < 999_500 ? [bytes / 1e3, 'KB'] : bytes < 999.5e6 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${decimal(value, locale, value < 10 ? TENTHS : WHOLE)} ${unit}`;
}

/** A moment to the second, or to the millisecond when `precise`. Empty for a time that is no time. */
export function formatMoment(epochMs: number, { locale, timeZone }: MomentLanguage, precise = false): string {
  const english = isEnglish(locale) && timeZone === undefined ? englishMoment(epochMs, precise) : undefined;
  if (english !== undefined) return english;
  const key = `${locale} ${precise} ${timeZone ?? ''}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      timeZone,
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      ...(precise && { fractionalSecondDigits: 3 }),
    });
    dateFormats.set(key, format);
  }
  // Dates beyond ±8.64e15 ms do not exist; hostile traces hold them.
  return Math.abs(epochMs) <= 8.64e15 ? format.format(epochMs) : '';
}
