/** Fields of a header at the least, and characters of one: prose has commas too. */
const FEWEST_FIELDS = 4;
const LONGEST_NAME = 80;

const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The rows of a table as comma-separated text (RFC 4180), by the names in its first line; `undefined` for a text that is none.
 * Numbers are numbers; an empty field is absent.
 */
export function csvRows(text: string): object[] | undefined {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  if (/^\s*[[{<]/.test(line) || line.split(',').length < FEWEST_FIELDS) return undefined;
  const records = recordsOf(text);
  const header = records.next().value;
  if (!header || !isHeader(header)) return undefined;
  const rows: object[] = [];
  for (const fields of records) {
    if (fields.length !== header.length) return undefined;
    rows.push(Object.fromEntries(fields.flatMap((field, at) => (field === '' ? [] : [[header[at]!, valueOf(field)]]))));
  }
  return rows.length ? rows : undefined;
}

const isHeader = (names: readonly string[]): boolean =>
  names.length >= FEWEST_FIELDS &&
  names.every((name) => name !== '' && name.length <= LONGEST_NAME && !NUMBER.test(name)) &&
  new Set(names).size === names.length;

/** Long digits are no number: a double would change them. */
const valueOf = (field: string): string | number =>
  NUMBER.test(field) &&
  Number.isFinite(Number(field)) &&
  !(/^-?\d+$/.test(field) && !Number.isSafeInteger(Number(field)))
    ? Number(field)
    : field;

function* recordsOf(text: string): Generator<string[], undefined> {
  let fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      let end = at + 1;
      for (;;) {
        const quote = text.indexOf('"', end);
        const stop = quote < 0 ? text.length : quote;
        field += text.slice(end, stop);
        end = stop + 1;
        if (text[end] !== '"') break;
        field += '"';
        end++;
      }
      at = Math.min(end, text.length);
    }
    const rest = /[,\r\n]/g;
    rest.lastIndex = at;
    const stop = rest.exec(text)?.index ?? text.length;
    fields.push((field + text.slice(at, stop)).trim());
    at = stop + 1;
    if (text[stop] === ',') {
      if (at === text.length) fields.push('');
      else continue;
    }
    if (text[stop] === '\r' && text[at] === '\n') at++;
    if (fields.length > 1 || fields[0] !== '') yield fields;
    fields = [];
  }
  if (fields.length) yield fields;
  return undefined;
}
