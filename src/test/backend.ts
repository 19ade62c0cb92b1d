/** For tests: a backend on the test server (scripts/backend-server.mjs) that answers what it is told to. */

/** One answer. Of several for a path, each is given once, and the last one from then on. */
export interface BackendAnswer {
  /** How the path begins, below the address of the backend. */
  path: string;
  /** What the body of the question holds, where one path has several kinds of them. */
  asks?: string;
  status?: number;
  type?: string;
  headers?: Readonly<Record<string, string>>;
  /** A text, or what is sent as JSON. */
  body?: unknown;
  /** Never answers, or breaks off in the middle of it. */
  end?: 'silence' | 'broken';
}

/** What a backend was asked. */
export interface BackendRequest {
  method: string;
  path: string;
  search: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

let count = 0;

/** @returns the address of the backend, and what it was asked */
export async function backend(
  ...answers: readonly BackendAnswer[]
): Promise<{ url: string; asked(): Promise<BackendRequest[]> }> {
  const url = `/backend/${Date.now()}-${++count}`;
  await fetch(`${url}?control`, { method: 'PUT', body: JSON.stringify(answers) });
  return { url, asked: async () => (await fetch(`${url}?control`)).json() as Promise<BackendRequest[]> };
}
