/**
 * What an expression of numbers, `+ - * /` and brackets comes to. Models write it: it is not run as code.
 *
 * @throws for anything else
 */
export function calculate(expression: string): number {
  const pieces = expression.match(/\d+(?:\.\d+)?|\S/g) ?? [];
  let at = 0;

  const value = (): number => {
    const piece = pieces[at++];
    if (piece === '-') return -value();
    if (piece === '(') {
      const inside = sum();
      if (pieces[at++] !== ')') throw new Error('A bracket is not closed.');
      return inside;
    }
    if (piece === undefined || !/^\d/.test(piece)) throw new Error(`“${piece ?? ''}” is no number.`);
    return Number(piece);
  };
  const product = (): number => {
    let result = value();
    while (pieces[at] === '*' || pieces[at] === '/')
      result = pieces[at++] === '*' ? result * value() : result / value();
    return result;
  };
  const sum = (): number => {
    let result = product();
    while (pieces[at] === '+' || pieces[at] === '-') {
      result = pieces[at++] === '+' ? result + product() : result - product();
    }
    return result;
  };

  const result = sum();
  if (at < pieces.length) throw new Error(`“${pieces[at]!}” is not understood.`);
  return Math.round(result * 1e6) / 1e6;
}
