// The notices that code of others asks for: with every copy of the one-file build go the licences of what is in it.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** The folder of the package that a module is of. */
const packageOf = (file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file.replaceAll('\\', '/'))?.[0];

const isCopyright = (line) => /^\W*Copyright\b/.test(line);
const isTitle = (line) => /^(\W*(the )?(mit|bsd 3-clause|isc)( license)?\b[^.,]*|all rights reserved\.?)$/i.test(line);
const unwrapped = (lines) => lines.join(' ').replace(/\s+/g, ' ').trim();

/** The comment that a module begins with, where it is about rights. */
const headOf = (code) => {
  const [head] = /^(?:\/\/.*\n)+/.exec(code) ?? [''];
  return head.includes('opyright') ? head.replaceAll(/^\/\/ ?/gm, '') : '';
};

/** What a package says of its rights: its licence file, or the heads of its modules where it has none. */
async function licencesOf(folder, files) {
  const name = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  if (name) return [await readFile(path.join(folder, name), 'utf8')];
  const heads = await Promise.all(files.map(async (file) => headOf(await readFile(file, 'utf8'))));
  // Of heads that begin alike, the shortest: what a module says of itself comes after.
  return [...new Set(heads)].filter(
    (head) => head && !heads.some((other) => other && head !== other && head.startsWith(other)),
  );
}

/**
 * The notices for a program, as one comment: who holds the rights of each package, and each licence once.
 *
 * @param {Iterable<string>} modules files that the program is made of
 */
export async function licenceNotices(modules) {
  const packages = new Map();
  for (const file of modules) {
    const folder = !file.startsWith('\0') && packageOf(file);
    if (folder) packages.set(folder, [...(packages.get(folder) ?? []), file.replace(/\?.*/, '')]);
  }
  const holders = new Map();
  for (const [folder, files] of [...packages].sort()) {
    const { name, version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const texts = await licencesOf(folder, files);
    if (texts.length === 0) throw new Error(`${name} says nothing of its licence.`);
    for (const text of texts) {
      const lines = text.split('\n').map((line) => line.trim());
      const terms = unwrapped(lines.filter((line) => !isCopyright(line) && !isTitle(line)));
      const rights = unwrapped(lines.filter(isCopyright));
      holders.set(terms, [...(holders.get(terms) ?? []), `${name} ${version}: ${rights}`]);
    }
  }
  const notices = Array.from(holders, ([terms, names]) => `${names.join('\n')}\n\n${terms}`);
  return `/*! Code of others in this file.\n\n${notices.join('\n\n')}\n*/`.replaceAll(/\*\/(?!$)/g, '* /');
}
