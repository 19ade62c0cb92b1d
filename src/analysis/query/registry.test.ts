import { expect } from '@open-wc/testing';
import { parseQuery } from './parse-query.js';
import { QUERY_FIELDS } from './registry.js';

const docs = await (await fetch('/docs/query.md')).text();
const rows = new Map(
  docs
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, first, ...others]) => [first, others]),
);

describe('the fields of the query language', () => {
  it('are in the documentation, as the registry says it', () => {
    for (const { name, summary, example } of QUERY_FIELDS) {
      expect(rows.get(`\`${name}\``)?.slice(0, 2), name).to.deep.equal([summary, `\`${example}\``]);
    }
  });

  it('have words that are in the documentation', () => {
    for (const field of QUERY_FIELDS) {
      if (field.name !== 'is' && field.name !== 'has') continue;
      if (field.type !== 'word') throw new Error(`${field.name} knows no words.`);
      for (const [word, { summary }] of field.words) {
        expect(rows.get(`\`${field.name}:${word}\``)?.[0], word).to.equal(summary);
      }
    }
  });

  it('stand in queries of the documentation that can be read', () => {
    const examples = [...rows].flatMap(([first, others]) => [first, ...others]).filter((cell) => cell?.startsWith('`'));
    expect(examples.length).to.be.above(70);
    for (const example of examples) parseQuery(example!.slice(1, -1));
  });
});
