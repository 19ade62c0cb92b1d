import type { StatisticsRow } from '../../analysis/index.js';
import { formatCost, formatDuration, formatNumber, formatPercent, type Messages } from '../../i18n/index.js';

/** A column of figures. */
export interface StatisticsColumn {
  readonly id: string;
  label(messages: Messages): string;
  /** What rows are sorted by; `undefined` where the spans of a row do not state it. */
  value(row: StatisticsRow): number | undefined;
  text(value: number, messages: Messages, row: StatisticsRow): string;
}

const duration = (value: number, { locale }: Messages): string => formatDuration(value, locale);
const number = (value: number, { locale }: Messages): string => formatNumber(value, locale);

export const COLUMNS: readonly StatisticsColumn[] = [
  { id: 'count', label: ({ columnCount }) => columnCount, value: ({ count }) => count, text: number },
  { id: 'p50', label: ({ columnP50 }) => columnP50, value: (row) => row.duration?.p50, text: duration },
  { id: 'p95', label: ({ columnP95 }) => columnP95, value: (row) => row.duration?.p95, text: duration },
  { id: 'p99', label: ({ columnP99 }) => columnP99, value: (row) => row.duration?.p99, text: duration },
  { id: 'self', label: ({ columnSelfTime }) => columnSelfTime, value: ({ selfTime }) => selfTime, text: duration },
  { id: 'tokens', label: ({ columnTokens }) => columnTokens, value: ({ tokens }) => tokens, text: number },
  {
    id: 'cost',
    label: ({ columnCost }) => columnCost,
    value: ({ cost }) => cost,
    text: (value, { locale, estimated }, { estimatedCost }) =>
      estimatedCost > 0 ? estimated(formatCost(value, locale)) : formatCost(value, locale),
  },
  {
    id: 'errors',
    label: ({ columnErrorRate }) => columnErrorRate,
    value: ({ errorRate }) => errorRate,
    text: (value, { locale }) => (value === 0 ? '' : formatPercent(value, locale)),
  },
];

/** How the rows are sorted: by the name, or by the figures of a column. */
export interface Order {
  readonly column: string;
  readonly isDescending: boolean;
}

/** The rows in another order. Those without a figure come last, whatever the direction. */
export function sorted(rows: readonly StatisticsRow[], { column, isDescending }: Order): readonly StatisticsRow[] {
  const direction = isDescending ? -1 : 1;
  const figures = COLUMNS.find(({ id }) => id === column);
  if (!figures) {
    return rows.toSorted((one, other) => direction * (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  }
  return rows.toSorted((one, other) => {
    const [value, another] = [figures.value(one), figures.value(other)];
    if (value === undefined || another === undefined)
      return Number(value === undefined) - Number(another === undefined);
    return direction * (value - another);
  });
}
