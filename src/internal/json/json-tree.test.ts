import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { literalPattern, searchJson, type JsonPath } from './json-search.js';
import { JsonTree, type JsonRow } from './json-tree.js';
import { base64Bytes, isBase64, previewText, scalarText } from './json-value.js';
import { TextLines } from './text-lines.js';

/** What a row is, without the branch. */
const said = ({ key, level, value }: JsonRow): unknown[] => [key, level, value];

const rowsOf = (tree: JsonTree): JsonRow[] => Array.from({ length: tree.rowCount }, (_, row) => tree.rowAt(row));

/** The rows of a value as a plain recursion gives them. */
function plainRows(tree: JsonTree, branch = tree.root): unknown[][] {
  const rows: unknown[][] = [];
  for (let index = 0; index < branch.count; index++) {
    const key = tree.isPlain && branch === tree.root ? undefined : branch.keyAt(index);
    rows.push([key, branch.level, branch.valueAt(index)]);
    const child = branch.open.get(index);
    if (child) rows.push(...plainRows(tree, child));
  }
  return rows;
}

const texts = fc.oneof(fc.string(), fc.constant('{"a": [1, 2]}'), fc.constant('one\ntwo\nthree'), fc.constant('[bad'));
const json: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    texts,
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value'), { maxKeys: 6 }),
  ),
})).value;

describe('JsonTree', () => {
  it('knows each row whatever is opened and closed', () => {
    fc.assert(
      fc.property(json, fc.array(fc.nat(), { maxLength: 30 }), (value, clicks) => {
        const tree = new JsonTree(value);
        for (const click of clicks) {
          if (!tree.rowCount) break;
          const { branch, index, isOpen, canOpen } = tree.rowAt(click % tree.rowCount);
          if (isOpen) tree.close(branch, index);
          else if ((tree.open(branch, index) !== undefined) !== canOpen) return false;
        }
        const rows = rowsOf(tree);
        expect(rows.map(said)).to.deep.equal(plainRows(tree));
        return rows.every((item, row) => tree.rowOf(item.branch, item.index) === row);
      }),
    );
  });

  it('opens all, and closes all', () => {
    const tree = new JsonTree({ list: [{ deep: [1] }], empty: {}, text: '{"in": 1}' });
    expect(tree.openOutside()).to.equal(true);
    expect(rowsOf(tree).map(({ key }) => key)).to.deep.equal(['list', 0, 'deep', 0, 'empty', 'text']);
    tree.closeAll();
    expect(tree.rowCount).to.equal(3);
  });

  it('opens no more at first than fits', () => {
    const tree = new JsonTree({ many: Array.from({ length: 1000 }, () => ({})), few: [1, 2] });
    expect(tree.openOutside(40)).to.equal(false);
    expect(tree.rowCount).to.be.at.most(40);
  });

  it('opens a string that holds JSON, and a long text into its lines', () => {
    const tree = new JsonTree({ json: '{"city": "Oslo"}', lines: 'one\ntwo' });
    tree.open(tree.root, 1);
    tree.open(tree.root, 0);
    expect(rowsOf(tree).map(said)).to.deep.equal([
      ['json', 1, '{"city": "Oslo"}'],
      ['city', 2, 'Oslo'],
      ['lines', 1, 'one\ntwo'],
      [undefined, 2, 'one'],
      [undefined, 2, 'two'],
    ]);
  });

  it('breaks open lines anew for another width', () => {
    const tree = new JsonTree(['word '.repeat(100)]);
    tree.open(tree.root, 0);
    const before = tree.rowCount;
    tree.setColumns(30);
    expect(tree.rowCount).to.be.above(before * 2);
  });

  it('names the way to a value as JavaScript does', () => {
    const tree = new JsonTree({ 'odd key': [{ city: 1 }] });
    tree.openOutside();
    expect(rowsOf(tree).map((row) => tree.pathOf(row))).to.deep.equal([
      '$["odd key"]',
      '$["odd key"][0]',
      '$["odd key"][0].city',
    ]);
    const plain = new JsonTree('alone');
    expect(plain.pathOf(plain.rowAt(0))).to.equal('$');
  });

  it('bears 10,000 levels, all open', () => {
    let value: unknown = 'bottom';
    for (let level = 0; level < 10_000; level++) value = { a: value };
    const tree = new JsonTree(value);
    tree.openOutside();
    expect(tree.rowCount).to.equal(10_000);
    expect(tree.rowAt(9999).value).to.equal('bottom');
    expect(tree.pathOf(tree.rowAt(9999)).length).to.equal(20_001);
  });

  it('takes a Map, bytes and what JSON does not know', () => {
    const tree = new JsonTree(
      new Map<string, unknown>([
        ['key', 10n],
        ['bytes', new Uint8Array(3)],
      ]),
    );
    expect(rowsOf(tree).map(({ key, canOpen }) => [key, canOpen])).to.deep.equal([
      ['key', false],
      ['bytes', false],
    ]);
    expect(scalarText(10n)).to.equal('10');
    expect(scalarText(undefined)).to.equal('null');
  });
});

describe('searchJson', () => {
  const found = (value: unknown, wanted: string): string[] => {
    const tree = new JsonTree(value);
    return [...searchJson(value, wanted)]
      .filter((path): path is JsonPath => path !== undefined)
      .map((path) => tree.pathOf(tree.rowAt(tree.reveal(path))));
  };

  it('finds keys and values whatever the case, in their order', () => {
    const value = { City: 'x', list: [{ note: 'the city of Oslo' }, 'CITY'], other: 1 };
    expect(found(value, 'city')).to.deep.equal(['$.City', '$.list[0].note', '$.list[1]']);
    expect(found({ count: 1234 }, '23')).to.deep.equal(['$.count']);
    expect(found('a city', 'city')).to.deep.equal(['$']);
  });

  it('takes what is searched for as it is', () => {
    expect(found(['a.c', 'abc', 'a\\c'], 'a.c')).to.deep.equal(['$[0]']);
    fc.assert(fc.property(fc.string({ minLength: 1 }), (word) => literalPattern(word).test(`<${word}>`)));
  });

  it('finds each value that holds the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string({ minLength: 1, maxLength: 2 }), (list, wanted) => {
        const expected = list.flatMap((item, index) => (literalPattern(wanted).test(item) ? [`$[${index}]`] : []));
        expect(found(list, wanted)).to.deep.equal(expected);
      }),
    );
  });

  it('ends, however many matches there are', () => {
    expect(
      found(
        Array.from({ length: 20_000 }, () => 'hit'),
        'hit',
      ),
    ).to.have.length(10_000);
  });
});

describe('TextLines', () => {
  it('hold the whole text in lines that are short enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '😀', 'é'), maxLength: 200 }), (text) => {
        const lines = new TextLines(text, 12);
        const all = Array.from({ length: lines.count }, (_, line) => lines.at(line));
        expect(all.join('').replaceAll('\n', '')).to.equal(text.replaceAll('\n', ''));
        for (const line of all) {
          expect(line.length).to.be.at.most(12);
          expect(line.isWellFormed()).to.equal(true);
        }
      }),
    );
  });

  it('are those of the text where it has short ones', () => {
    const lines = new TextLines('one\r\n\ntwo', 80);
    expect([lines.at(0), lines.at(1), lines.at(2)]).to.deep.equal(['one', '', 'two']);
  });
});

describe('JSON values', () => {
  it('tell base64 from words', () => {
    const bytes = btoa(String.fromCharCode(...Array.from({ length: 300 }, (_, at) => (at * 7) % 256)));
    expect(isBase64(bytes)).to.equal(true);
    expect(base64Bytes(bytes)).to.equal(300);
    expect(isBase64('data:image/png;base64,iVBORw0KGgo=')).to.equal(true);
    expect(base64Bytes('data:image/png;base64,AAAA')).to.equal(3);
    for (const words of ['a'.repeat(500), 'The city of Oslo is 1000 years old. '.repeat(20), bytes.slice(0, 100)]) {
      expect(isBase64(words), words.slice(0, 20)).to.equal(false);
    }
  });

  it('say what a closed value begins with', () => {
    expect(previewText({ city: 'Oslo', days: 3, list: [1], empty: [], object: {}, more: 1 })).to.equal(
      '{ city: "Oslo", days: 3, list: […], empty: [], object: {…}, … }',
    );
    expect(previewText([])).to.equal('[]');
    expect(previewText(['x'.repeat(30)])).to.equal(`["${'x'.repeat(24)}…"]`);
  });
});
