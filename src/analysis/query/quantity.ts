/** What a number is a number of. */
export type Quantity = 'count' | 'time' | 'money';

/** A unit as a number and a power of ten: numbers are scaled as decimals, so that 1.005s are 1005 ms. */
type Unit = readonly [name: string, times: number, exponent: number];

/** The first unit is that of a number without one. */
export const UNITS: Readonly<Record<Quantity, readonly Unit[]>> = {
  count: [
    ['', 1, 0],
    ['k', 1, 3],
    ['M', 1, 6],
    ['G', 1, 9],
  ],
  time: [
    ['ms', 1, 0],
    ['s', 1, 3],
    ['m', 6, 4],
    ['h', 36, 5],
    ['d', 864, 5],
    ['us', 1, -3],
    ['µs', 1, -3],
    ['ns', 1, -6],
  ],
  money: [
    ['', 1, 0],
    ['k', 1, 3],
    ['M', 1, 6],
  ],
};

const NUMBER = /^([+-]?)(\$?)(\d+(?:\.\d*)?|\.\d+)(?:e([+-]?\d{1,3}))?([a-zµ]*)$/i;

/** Reads a number with its unit, whatever its case; `undefined` where the text is none. */
export function quantityIn(text: string, quantity: Quantity): number | undefined {
  const [, sign, currency, digits, exponent = '0', name] = NUMBER.exec(text) ?? [];
  if (digits === undefined || (currency !== '' && quantity !== 'money')) return undefined;
  const units = UNITS[quantity];
  const unit = name === '' ? units[0] : units.find(([other]) => other.toLowerCase() === name!.toLowerCase());
  if (!unit) return undefined;
  const value = Number(`${sign}${digits}e${Number(exponent) + unit[2]}`) * unit[1];
  // Nothing is less than nothing: -0 is 0.
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** Writes a number as shortly as it can be read back. */
export function quantityText(value: number, quantity: Quantity): string {
  let best = `${value}${UNITS[quantity][0]![0]}`;
  for (const [name, times, exponent] of UNITS[quantity]) {
    const text = `${value / (times * 10 ** exponent)}${name}`;
    if (text.length < best.length && quantityIn(text, quantity) === value) best = text;
  }
  return best;
}
