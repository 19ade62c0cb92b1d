// Prints the table of formats that are read, with what each was tested on. With --write it goes into the README; with
// --check a README that says otherwise is an error. Needs `npm run build`.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';

const root = new URL('..', import.meta.url);
const { formats, loadFurtherFormats } = await import(new URL('dist/formats/index.js', root));
const { formats: testedOn } = JSON.parse(await readFile(new URL('scripts/tested-on.json', root), 'utf8'));

const all = [...formats, ...(await loadFurtherFormats())];
const rows = all.map(({ name, title }) => {
  if (!testedOn[name]) throw new Error(`scripts/tested-on.json does not say what “${name}” was tested on.`);
  return `| ${title} | \`${name}\` | ${testedOn[name]} |`;
});
for (const name of Object.keys(testedOn)) {
  if (!all.some((known) => known.name === name))
    throw new Error(`scripts/tested-on.json names “${name}”, which is no format.`);
}
const table = ['| format | name | tested on |', '| --- | --- | --- |', ...rows].join('\n');
const pretty = (await format(table, { parser: 'markdown', printWidth: 120 })).trim();

const START = '<!-- formats: written by `npm run formats -- --write` -->';
const END = '<!-- end of formats -->';
const file = new URL('README.md', root);
const readme = await readFile(file, 'utf8');
const written = readme.replace(new RegExp(`(?<=${START}\n)[\\s\\S]*?(?=${END})`), () => `\n${pretty}\n\n`);

if (process.argv.includes('--write')) await writeFile(file, written);
else if (process.argv.includes('--check')) {
  if (written !== readme)
    throw new Error('The table of formats in the README is not up to date: npm run formats -- --write');
} else console.log(pretty);
