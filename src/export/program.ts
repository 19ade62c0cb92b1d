/** What HTML files show traces with. */
export interface Program {
  /** The text of the one-file build (`dist/cdn/llm-trace-kit.min.js`). */
  readonly program: string;
  /** The texts of scripts that add a language to it (`dist/cdn/de.js`), by its tag. English needs none. */
  readonly languages?: Readonly<Record<string, string>>;
}

/** Gives what HTML files show traces with; its text alone where they are to be in English. */
export type ProgramSource = () => Program | string | Promise<Program | string>;

let source: ProgramSource | undefined;

/**
 * Says where HTML files take the view from that they carry with them. The one-file build says so of itself. An application
 * that has the kit as modules says it once; the module is loaded when the first file is written:
 *
 * `provideProgram(() => import('llm-trace-kit/program.js'))`
 */
export function provideProgram(given: ProgramSource): void {
  source = given;
}

/** Whether HTML files can be written without saying more. */
export const hasProgram = (): boolean => source !== undefined;

/** @throws {TypeError} nobody has said where it is */
export async function providedProgram(): Promise<Program | string> {
  if (!source) throw new TypeError('An HTML file needs the text of the one-file build: see provideProgram().');
  return source();
}

/** The script of a file in a language: that of the tag, else that of the tag with less behind it, else English alone. */
export function scriptIn(given: Program | string, locale: string): string {
  if (typeof given === 'string') return given;
  const languages = new Map(Object.entries(given.languages ?? {}));
  let tag = locale.toLowerCase();
  while (tag && !languages.has(tag)) tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')));
  const language = languages.get(tag);
  return language === undefined ? given.program : `${given.program};\n${language}`;
}
