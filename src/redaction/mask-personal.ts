/** Where what is found is counted. */
export interface MaskCount {
  masked: number;
}

/** ISO/IEC 7812: the last digit checks the others. */
function hasLuhnDigit(found: string): boolean {
  let sum = 0;
  Array.from(found.replace(/\D/g, ''), Number)
    .reverse()
    // Every second digit counts twice, as the sum of its own digits.
    .forEach((digit, place) => (sum += place % 2 ? Number('0246813579'[digit]) : digit));
  return sum % 10 === 0;
}

/** ISO 13616: the number, letters written as two digits, leaves 1 when divided by 97. */
function hasIbanRemainder(found: string): boolean {
  const plain = found.replaceAll(' ', '');
  const turned = plain.slice(4) + plain.slice(0, 4);
  return BigInt(turned.replace(/[A-Z]/g, (letter) => String(parseInt(letter, 36)))) % 97n === 1n;
}

/**
 * What may tell who somebody is, how it looks, and a closer look at what was found. Names and addresses need a model and
 * are not found.
 */
const PERSONAL: readonly (readonly [name: string, pattern: RegExp, accept?: (found: string) => boolean])[] = [
  ['email', /(?<![\w.+%-])[\w.+%-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}/gi],
  ['iban', /\b[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?\b/g, hasIbanRemainder],
  ['card', /\b[2-6](?:[ -]?\d){11,18}\b/g, hasLuhnDigit],
  ['ssn', /\b(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\b/g],
  ['ip', /(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\b(?!\.\d)/g],
  ['ip', /\b(?:(?:[\da-f]{1,4}:){7}|(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){0,5}:)[\da-f]{1,4}\b/gi],
  [
    'phone',
    /(?<![\w.])(?!\d{4}-\d\d-\d\d)\+?\(?\d{1,4}\)?(?:[ .-]?\(?\d{2,4}\)?){2,4}(?!\w)/g,
    (found) => /^(?:\D*\d){9,15}\D*$/.test(found) && /\D/.test(found),
  ],
];

/**
 * Takes out of a text what tells who somebody is.
 *
 * @param tell is told what was taken out, and what stands in its place
 */
export function maskPersonal(given: string, count: MaskCount, tell?: (taken: string, stands: string) => void): string {
  let text = given;
  for (const [name, pattern, accept] of PERSONAL) {
    text = text.replace(pattern, (found) => {
      if (accept && !accept(found)) return found;
      count.masked++;
      const stands = `[masked:${name}]`;
      tell?.(found, stands);
      return stands;
    });
  }
  return text;
}
