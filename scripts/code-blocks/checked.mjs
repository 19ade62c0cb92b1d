// Holds code blocks against types, and templates of frameworks against the manifest.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import typescript from 'typescript';
import { moduleOf, modulesOf, root } from './blocks.mjs';

const EXTENSIONS = { tsx: 'tsx', ts: 'ts', js: 'ts', html: 'ts' };

/** What every block may use: `holds` and `until` are of the page that it runs in. */
const GLOBALS = `declare function holds(condition: unknown, what: string): void;
declare function until(condition: () => unknown, what: string): Promise<void>;
declare module 'gpt-tokenizer/encoding/o200k_base' {
  export function encode(text: string, options?: object): number[];
  export function decode(ids: number[]): string;
}
`;

/** The texts of a block that a compiler reads, as modules. */
export function programsOf(block) {
  if (!(block.language in EXTENSIONS) || block.context.notRun || block.context.untyped) return [];
  if (block.language !== 'html') return [moduleOf(block)];
  const { modules } = modulesOf(block.text);
  return modules.map((code) => moduleOf(block, code));
}

/** What the compiler says of the blocks: faults, by the name of the block. */
export function typeFaults(blocks) {
  const files = new Map([[path.join(root, 'code-blocks.d.ts'), GLOBALS]]);
  const names = new Map();
  for (const block of blocks) {
    for (const [place, program] of programsOf(block).entries()) {
      const file = path.join(root, `${block.id}-${place}.${EXTENSIONS[block.language]}`);
      files.set(file, program);
      names.set(file, block.name);
    }
  }
  const { compilerOptions } = typescript.readConfigFile(
    path.join(root, 'tsconfig.json'),
    typescript.sys.readFile,
  ).config;
  const { options } = typescript.convertCompilerOptionsFromJson(
    {
      target: compilerOptions.target,
      lib: compilerOptions.lib,
      module: 'esnext',
      moduleResolution: 'bundler',
      jsx: 'preserve',
      types: ['node'],
      strict: false,
      esModuleInterop: true,
      experimentalDecorators: true,
      skipLibCheck: true,
      noEmit: true,
    },
    root,
  );
  const host = typescript.createCompilerHost(options);
  const { fileExists, readFile: read, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? read(file);
  host.getSourceFile = (file, ...rest) =>
    files.has(file)
      ? typescript.createSourceFile(file, files.get(file), typescript.ScriptTarget.ES2022, true)
      : getSourceFile(file, ...rest);
  const program = typescript.createProgram([...files.keys(), path.join(root, 'dist/jsx.d.ts')], options, host);
  return typescript.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const message = typescript.flattenDiagnosticMessageText(messageText, '\n');
    if (!file) return message;
    const { line } = file.getLineAndCharacterOfPosition(start);
    return `${names.get(file.fileName) ?? file.fileName}: ${message}\n  ${file.text.split('\n')[line].trim()}`;
  });
}

/** A template without the values of its attributes, which may hold anything. */
function withoutValues(text) {
  let written = '';
  let depth = 0;
  for (const sign of text.replace(/="[^"]*"/g, '=')) {
    if (sign === '{') depth++;
    if (depth === 0) written += sign;
    if (sign === '}') depth--;
  }
  return written;
}

/** How frameworks write that an event is listened to. */
const LISTENED = /^(?:@|\()?(?:on)?(llm-[\w-]+)\)?$/;

/** Tags and attributes of a template that the manifest does not know. */
export async function unknownInTemplate(text) {
  const { modules } = JSON.parse(await readFile(path.join(root, 'dist/custom-elements.json'), 'utf8'));
  const elements = new Map(modules.flatMap((module) => module.declarations).map((one) => [one.tagName, one]));
  const unknown = [];
  for (const [, tag, rest] of withoutValues(text).matchAll(/<(llm-[\w-]+)([^>]*)>/g)) {
    const element = elements.get(tag);
    if (!element) unknown.push(tag);
    for (const [, name] of rest.matchAll(/(?<=\s)([@(]?[\w-]+\)?)(?==|\s|\/|$)/g)) {
      const [, event] = LISTENED.exec(name) ?? [];
      const isKnown = event
        ? element?.events.some((one) => one.name === event)
        : element?.attributes.some((one) => one.name === name) ||
          ['style', 'class', 'id', 'lang', 'slot'].includes(name);
      if (!isKnown) unknown.push(`${tag} ${name}`);
    }
  }
  return unknown;
}
