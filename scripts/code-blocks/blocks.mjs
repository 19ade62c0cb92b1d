// The code blocks of the project's Markdown, and what is around each when it is run.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import MarkdownIt from 'markdown-it';
import { contexts } from './contexts.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a person reads before the sources. */
const FILES = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'samples/README.md'];

/**
 * All code blocks. Each has the place where it stands, its language, its text, and its context: what the registry says
 * (contexts.mjs), or nothing.
 */
export async function codeBlocks() {
  const docs = (await readdir(path.join(root, 'docs'))).filter((name) => name.endsWith('.md')).sort();
  const used = new Set();
  const blocks = [];
  for (const file of [...FILES, ...docs.map((name) => `docs/${name}`)]) {
    const tokens = new MarkdownIt().parse(await readFile(path.join(root, file), 'utf8'), {});
    for (const { type, info, content, map } of tokens) {
      if (type !== 'fence' && type !== 'code_block') continue;
      const of = contexts.filter((one) => one.file === file && content.includes(one.has));
      for (const context of of) used.add(context);
      blocks.push({
        name: `${file}:${map[0] + 1}`,
        id: `${file.replace(/\W+/g, '-')}-${map[0] + 1}`,
        language: info.trim(),
        text: content,
        context: of[0] ?? {},
        contexts: of.length,
      });
    }
  }
  return { blocks, unused: contexts.filter((context) => !used.has(context)) };
}

/** Text of a module: what comes before, the block, what holds afterwards. */
export const moduleOf = ({ text, context: { before = '', after = '' } }, code = text) =>
  `${before}\n${code}\n${after}\nexport {};\n`;

/** Scripts of a block of HTML that are modules, and the block without them. */
export function modulesOf(text) {
  const modules = [];
  const rest = text.replace(/<script type="module">([^]*?)<\/script>/g, (_, code) => {
    modules.push(code);
    return '';
  });
  return { modules, rest };
}
