/** For tests: the real traces and hostile inputs that lie beside the project on some machines. */

/** The text of a file below `/shared/`, or `undefined` where there are no such files. */
export async function sharedText(path: string): Promise<string | undefined> {
  const response = await fetch(`/shared/${path}`);
  return response.ok ? response.text() : undefined;
}

/** Paths of the files below `/shared/fixtures/`; empty where there are none. */
export async function sharedFiles(): Promise<string[]> {
  const response = await fetch('/shared/files.json');
  return response.ok ? ((await response.json()) as string[]) : [];
}
