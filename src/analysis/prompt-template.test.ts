import { expect } from '@open-wc/testing';
import { assert, constantFrom, array, property, string } from 'fast-check';
import { filledTemplate } from './prompt-template.js';

const variables = new Map([
  ['question', 'Where?'],
  ['user.name', 'Ada'],
  ['constructor', 'own'],
]);

/** The pieces as one text, variables in brackets. */
const filled = (template: string): string =>
  filledTemplate(template, variables)
    .map(({ text, variable }) => (variable === undefined ? text : `[${text ?? `?${variable}`}]`))
    .join('');

describe('a prompt template filled in', () => {
  it('takes the places of every common notation', () => {
    expect(filled('{question} {{question}} {{ user.name }} ${question}')).to.equal('[Where?] [Where?] [Ada] [Where?]');
  });

  it('says where the trace holds no value, but takes no JSON and no code for a place', () => {
    expect(filled('{{missing}} {json} {"a": {question}} ${other} {}')).to.equal(
      '[?missing] {json} {"a": [Where?]} ${other} {}',
    );
  });

  it('knows only the variables that there are', () => {
    expect(filled('{toString} {constructor}')).to.equal('{toString} [own]');
  });

  it('keeps every character that is no place', () => {
    const piece = constantFrom('{', '}', '{{', '}}', '$', 'question', ' ', 'x');
    assert(
      property(array(piece), string(), (pieces, tail) => {
        const template = pieces.join('') + tail;
        const back = filledTemplate(template, new Map()).map(({ text, variable }) => text ?? variable);
        expect(back.join('').replace(/[{}\s]/g, '')).to.equal(template.replace(/[{}\s]/g, ''));
      }),
    );
  });
});
