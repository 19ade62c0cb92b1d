const SIZE = 150_000;
const filled = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE);
/** Numbered pieces, as many as fit. */
function numbered(piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let length = 0, index = 0; length < SIZE; index++) length += pieces[pieces.push(piece(index)) - 1]!.length;
  return pieces.join('').slice(0, SIZE);
}

/** Texts that cost readers of Markdown more than they are long. */
export const families: readonly (readonly [string, string])[] = [
  ['quotes in quotes', filled('> ')],
  ['lists in lists, on a line', filled('- ')],
  ['lists in lists, on lines', numbered((index) => `${' '.repeat(2 * (index % 200))}- a\n`)],
  ['openings of emphasis', filled('*a_ ')],
  ['emphasis that may open and close', filled('a**b') + filled('c* ')],
  ['marks of emphasis', filled('*')],
  ['marks with words', filled('**x*y __z_')],
  ['openings of links', filled('[')],
  ['links in links', filled('[a](')],
  ['pictures in links', filled('![[]()')],
  ['references to nothing', filled('[a][b]')],
  ['definitions', numbered((index) => `[label ${index}]: /a${index}\n`)],
  ['the same definition', filled('[a]: /b\n')],
  ['marks of code, one more each time', numbered((index) => `${'`'.repeat(index % 500)}a`)],
  ['marks of code', filled('`a``b')],
  ['openings of HTML', filled('<a ')],
  ['comments of HTML', filled('<!-- a --')],
  ['declarations', filled('<!A <![CDATA[ <?')],
  ['addresses in angles', filled('<a:b')],
  ['references to characters', filled('&amp;&#x26;&bogus')],
  ['escapes', filled('\\*\\_\\')],
  ['a wide table with short rows', `${'|a'.repeat(20_000)}\n${'|-'.repeat(20_000)}\n${filled('|\n')}`.slice(0, SIZE)],
  ['a wide table that is read', `${'|a'.repeat(1500)}\n${'|-'.repeat(1500)}\n${'|\n'.repeat(2500)}\n`.repeat(11)],
  ['rows of a table', `|a|b|\n|-|-|\n${filled('|**a**|`b`|\n')}`],
  ['fences', filled('```\n')],
  ['fences in a list', filled('- ```\n')],
  ['headings', filled('# a\n\n')],
  ['lines under lines', filled('a\n=\n')],
  ['strikes', filled('~~a~ ~~')],
  ['spaces', filled(' ')],
  ['ends of lines', filled('\n')],
  ['tabs', filled('\t- a\n')],
  ['one word', filled('a')],
  ['hard breaks', filled('a  \n')],
  ['NUL', filled('a\0*')],
];

/** In paragraphs as long as are still read as Markdown. */
export const inParagraphs = (source: string): string => (source.match(/[^]{1,9900}/g) ?? []).join('\n\n');
