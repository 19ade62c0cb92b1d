import { quantityText, type Quantity } from './quantity.js';
import type { AttributeQuery, FieldQuery, FieldTest, NumberRange, Query } from './query.js';
import { queryField } from './registry.js';

/** A word that is read as nothing else. */
const PLAIN_WORD = /^(?!(?:or|and)$)[^\s()"<>=:-][^\s()"<>=:]*$/iu;
/** A piece of a value that needs no quotes. */
const PLAIN_PIECE = /^(?!.*\.\.)[^\s()"*<>=:][^\s()"*]*$/u;
const PLAIN_KEY = /^[\p{L}_][\p{L}\p{N}_.-]*$/u;

/** Writes a query as a text that `parseQuery` reads as the same query. */
export function printQuery(query: Query): string {
  switch (query.type) {
    case 'all':
      return '';
    case 'text':
      return PLAIN_WORD.test(query.text) ? query.text : quoted(query.text);
    case 'field':
      return fieldText(query);
    case 'attribute':
      return attributeText(query);
    case 'not':
      return `-${inside(query.part, true)}`;
    case 'and':
      return query.parts.map((part) => inside(part, part.type === 'or')).join(' ');
    case 'or':
      return query.parts.map((part) => inside(part, false)).join(' or ');
  }
}

const inside = (part: Query, isGroup: boolean): string =>
  isGroup && (part.type === 'and' || part.type === 'or') ? `(${printQuery(part)})` : printQuery(part);

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function fieldText({ field: name, test }: FieldQuery): string {
  const field = queryField(name);
  return `${name}${testText(test, field?.type === 'number' ? field.quantity : 'count')}`;
}

function attributeText({ key, test }: AttributeQuery): string {
  const isPlain = PLAIN_KEY.test(key);
  const isKnown = isPlain && key.includes('.') && !/^attr\./i.test(key) && !queryField(key);
  const written = `${isKnown ? '' : 'attr.'}${isPlain ? key : quoted(key)}`;
  // A number behind a colon is a text here.
  if (test.type === 'range' && test.from && test.to) {
    return `${written}:${quantityText(test.from.value, 'count')}..${quantityText(test.to.value, 'count')}`;
  }
  return `${written}${testText(test, 'count')}`;
}

function testText(test: FieldTest, quantity: Quantity): string {
  switch (test.type) {
    case 'word':
      return `:${test.word}`;
    case 'pattern': {
      const { pieces } = test;
      if (pieces.length === 1 && pieces[0] === '') return ':""';
      return `:${pieces.map((piece) => (piece === '' || PLAIN_PIECE.test(piece) ? piece : quoted(piece))).join('*')}`;
    }
    case 'range':
      return rangeText(test, quantity);
  }
}

function rangeText({ from, to }: NumberRange, quantity: Quantity): string {
  if (from && to) {
    const [least, most] = [quantityText(from.value, quantity), quantityText(to.value, quantity)];
    return from.value === to.value ? `:${least}` : `:${least}..${most}`;
  }
  if (from) return `>${from.isIncluded ? '=' : ''}${quantityText(from.value, quantity)}`;
  if (to) return `<${to.isIncluded ? '=' : ''}${quantityText(to.value, quantity)}`;
  return ':*';
}
