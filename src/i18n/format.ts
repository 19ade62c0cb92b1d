/** Numbers, times and sizes as people read them. Formatters are made once a locale: making one is dear. */

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

export const formatNumber = (value: number, locale: string): string =>
  numberFormat(locale, { maximumFractionDigits: 4 }).format(value);

/** Counts where space is short: 186, 4.1k, 14.4k, 1.2M. */
export function formatCompact(value: number, locale: string): string {
  if (value < 1000) return numberFormat(locale, { maximumFractionDigits: 0 }).format(value);
  return numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value).replace('K', 'k');
}

export const formatPercent = (share: number, locale: string): string =>
  numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** US dollars, with the digits that small amounts need: $12.40, $0.0213, $0.000031. */
export function formatCost(dollars: number, locale: string): string {
  const amount = Math.abs(dollars);
  const digits: Intl.NumberFormatOptions =
    amount >= 0.9995 || amount === 0
      ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
      : { minimumSignificantDigits: 2, maximumSignificantDigits: amount >= 0.01 ? 3 : 2 };
  return numberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...digits,
  }).format(dollars);
}

/** A duration in the unit that suits it: 42 ns, 340 µs, 156 ms, 4.21 s, 3 min 20 s, 2 h 5 min. */
export function formatDuration(ms: number, locale: string): string {
  const sign = ms < 0 ? '−' : '';
  const length = Math.abs(ms);
  const number = (value: number, digits: number): string =>
    numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
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
  return `${numberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`;
}

/** A moment in the reader's own time zone, to the millisecond when `precise`. Empty for a time that is no time. */
export function formatMoment(epochMs: number, locale: string, precise = false): string {
  const key = `${locale} ${precise}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
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
