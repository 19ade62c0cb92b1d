/**
 * Numbers and moments in English, without `Intl`: the first formatter that a page makes takes as long as all rows of a tree
 * do. The same texts as those of `Intl` for `en`.
 */

/** Rounds half away from 0, by the decimal digits that a person sees. `undefined` where only `Intl` knows how. */
function rounded(value: number, digits: number): number | undefined {
  const text = String(Math.abs(value));
  if (text.includes('e') || !(Math.abs(value) < 1e15)) return undefined;
  return Math.sign(value) * Number(`${Math.round(Number(`${text}e${digits}`))}e-${digits}`);
}

/** With so many digits behind the point, less the zeros at the end beyond `least`; in groups of three before it. */
export function englishNumber(value: number, least: number, most: number): string | undefined {
  const number = rounded(value, most);
  if (number === undefined) return undefined;
  const [whole, fraction = ''] = Math.abs(number).toFixed(most).split('.') as [string, string?];
  const shown = fraction.slice(0, least) + fraction.slice(least).replace(/0+$/, '');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${shown && `.${shown}`}`;
}

/** A count in words. */
export const englishCount = (count: number): string => englishNumber(count, 0, 3) ?? count.toLocaleString('en');

/** A share of 1 in whole percent. */
export function englishPercent(share: number): string | undefined {
  const number = rounded(share, 2);
  return number === undefined ? undefined : `${englishCount(Math.round(number * 100))}%`;
}

const UNITS = ['k', 'M', 'B', 'T'];

/** A count from 1000 on, with a letter for its thousands. */
export function englishCompact(value: number): string | undefined {
  let scaled = value / 1000;
  let unit = 0;
  while (unit < UNITS.length - 1 && (rounded(scaled, 1) ?? 0) >= 1000) [scaled, unit] = [scaled / 1000, unit + 1];
  const number = englishNumber(scaled, 0, 1);
  return number && `${number}${UNITS[unit]!}`;
}

/** With as many digits as make `most` significant ones, less the zeros at the end beyond `least`. */
export function englishSignificant(value: number, least: number, most: number): string | undefined {
  const [, exponent] = Number(value.toPrecision(most)).toExponential().split('e');
  const places = -Number(exponent) - 1;
  if (!(places + most >= 0 && places + most <= 20)) return undefined;
  return englishNumber(value, Math.max(0, places + least), places + most);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment of a year from 1000 to 9999. */
export function englishMoment(epochMs: number, precise: boolean): string | undefined {
  const date = new Date(epochMs);
  const year = date.getFullYear();
  if (!(year >= 1000 && year <= 9999)) return undefined;
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  const millis = precise ? `.${String(date.getMilliseconds()).padStart(3, '0')}` : '';
  return `${MONTHS[date.getMonth()]!} ${date.getDate()}, ${year}, ${time}${millis}`;
}
