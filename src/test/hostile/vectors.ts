/** Hostile texts for the tests, from the corpora: those of the project (`test/corpora`) and those beside it, where they are. */

export interface Vector {
  readonly id: string;
  readonly text: string;
  /** Types of events that the text wants a script to run at. */
  readonly events: readonly string[];
}

/** How a corpus writes what would be too long to write out. */
type Written = string | { readonly repeat: readonly [string, number] } | { readonly concat: readonly Written[] };

export function written(text: Written): string {
  if (typeof text === 'string') return text;
  return 'repeat' in text ? text.repeat[0].repeat(text.repeat[1]) : text.concat.map(written).join('');
}

/** The corpora, as JSON texts by their names; absent where there is none. */
export interface Corpora {
  readonly exfil?: string | undefined;
  readonly urls?: string | undefined;
  readonly unicode?: string | undefined;
  readonly payloads?: string | undefined;
  readonly handlers?: string | undefined;
  readonly naughty?: string | undefined;
}

const read = <Shape>(text: string | undefined, empty: Shape): Shape =>
  text === undefined ? empty : (JSON.parse(text) as Shape);

interface Entry {
  readonly id: string;
  readonly payload: string;
}

/** Addresses of the corpus: those that may become links, and those that must not. */
export function addressesOf(corpora: Corpora): { allowed: string[]; refused: string[] } {
  const urls = read(corpora.urls, {
    allow_as_link: [] as Written[],
    must_not_become_navigable_script_or_auto_fetch: [] as Written[],
  });
  return {
    allowed: urls.allow_as_link.map(written),
    refused: urls.must_not_become_navigable_script_or_auto_fetch.map(written),
  };
}

/** All texts, each with a name to find it by. */
export function vectorsOf(corpora: Corpora): Vector[] {
  const plain = (id: string, text: string): Vector => ({ id, text, events: [] });
  const { payloads } = read(corpora.payloads, { payloads: [] as Entry[] });
  const { vectors: exfil } = read(corpora.exfil, { vectors: [] as Entry[] });
  const { vectors: unicode } = read(corpora.unicode, { vectors: [] as { id: string; text: Written }[] });
  const { names } = read(corpora.handlers, { names: [] as string[] });
  const { allowed, refused } = addressesOf(corpora);
  return [
    ...[...payloads, ...exfil].map(({ id, payload }) => plain(id, payload)),
    ...unicode.map(({ id, text }) => plain(id, written(text))),
    ...names.flatMap((name) => handlers(name)),
    ...[...allowed, ...refused].map((url, at) =>
      plain(`url-${at}`, `[link](<${url}>) ![image](<${url}>) <${url}> [${url}](${url})`),
    ),
    ...read(corpora.naughty, [] as string[]).map((text, at) => plain(`naughty-${at}`, text)),
  ];
}

/** A handler of an event in three carriers: a tag, an attribute that is broken out of, a link of Markdown. */
function handlers(name: string): Vector[] {
  const events = [name.slice(2)];
  return [
    { id: `${name}-tag`, text: `<img src=x:x tabindex=0 ${name}="alert(1)">`, events },
    { id: `${name}-attribute`, text: `" tabindex=0 ${name}="alert(1)" x="`, events },
    { id: `${name}-link`, text: `[x](https://evil.example/ "x\\" ${name}=\\"alert(1)")`, events },
  ];
}
