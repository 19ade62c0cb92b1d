/** Gives the text of the one-file build (`dist/cdn/llm-trace-kit.min.js`). */
export type ProgramSource = () => string | Promise<string>;

let source: ProgramSource | undefined;

/**
 * Says where HTML files take the view from that they carry with them. The one-file build says so of itself. An application
 * that has the kit as modules says it once; the text is loaded when the first file is written:
 *
 * `provideProgram(async () => (await import('llm-trace-kit/program.js')).program)`
 */
export function provideProgram(given: ProgramSource): void {
  source = given;
}

/** Whether HTML files can be written without saying more. */
export const hasProgram = (): boolean => source !== undefined;

/** @throws {TypeError} nobody has said where it is */
export async function providedProgram(): Promise<string> {
  if (!source) throw new TypeError('An HTML file needs the text of the one-file build: see provideProgram().');
  return source();
}
