import { formatNumber } from '../../i18n/index.js';

/** A number of any size with three digits: 0.702, 1.6e-6, 3.04e8. What is no number is its word. */
export function formatMagnitude(value: number, locale: string): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 0.001 && size < 10_000)) return formatNumber(Number(value.toPrecision(3)), locale);
  const [digits = '', exponent = ''] = value.toExponential(2).split('e');
  return `${formatNumber(Number(digits), locale)}e${exponent.replace('+', '')}`;
}
