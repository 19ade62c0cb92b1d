/** Values that a template library could take for a template, a directive or a node, and how data keeps such shapes. */

const SCRIPT = '<img src="x:x" onerror="top.pwned = 1"><b>forged</b>';

function rawList(): string[] {
  const strings = [SCRIPT];
  // What Lit looks for: JSON cannot carry it, a structured clone can.
  return Object.assign(strings, { raw: strings });
}

/** New ones each time: a clone must not share anything with another one. */
export const forgedValues = (): readonly object[] => [
  { _$litType$: 1, strings: rawList(), values: [] },
  { _$litType$: 2, strings: rawList(), values: [] },
  { _$litType$: { h: SCRIPT, parts: [] }, strings: rawList(), values: [] },
  { _$litType$: { el: undefined, h: rawList(), parts: [] }, values: [] },
  { _$litDirective$: 'x', values: [] },
  { _$litDirective$: { directiveName: 'unsafeHTML' }, values: [SCRIPT] },
  { nodeType: 1, nodeName: 'B', textContent: SCRIPT },
  { nodeType: 11, childNodes: [SCRIPT] },
  { toString: null, valueOf: null },
  { length: 1, 0: SCRIPT, constructor: null },
  { then: SCRIPT, raw: rawList() },
  [{ _$litType$: 1, strings: rawList(), values: [] }],
  new Map([['_$litType$', 1]]),
  new Date(NaN),
  /<b>/g,
  new Uint8Array(3),
  new Error(SCRIPT),
];

/** Ways in which a value comes from elsewhere, or from before. */
export const CHANNELS: Readonly<Record<string, (value: unknown) => Promise<unknown>>> = {
  structuredClone: (value) => Promise.resolve(structuredClone(value)),
  BroadcastChannel: throughChannel,
  IndexedDB: throughDatabase,
  JSON: (value) => Promise.resolve(JSON.parse(JSON.stringify(value))),
};

function throughChannel(value: unknown): Promise<unknown> {
  const name = `forged-${crypto.randomUUID()}`;
  const here = new BroadcastChannel(name);
  const there = new BroadcastChannel(name);
  return new Promise((resolve) => {
    there.onmessage = ({ data }) => {
      here.close();
      there.close();
      resolve(data);
    };
    here.postMessage(value);
  });
}

const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });

async function throughDatabase(value: unknown): Promise<unknown> {
  const name = `forged-${crypto.randomUUID()}`;
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => opening.result.createObjectStore('values');
  const database = await done(opening);
  await done(database.transaction('values', 'readwrite').objectStore('values').put(value, 1));
  const read = await done<unknown>(database.transaction('values').objectStore('values').get(1));
  database.close();
  indexedDB.deleteDatabase(name);
  return read;
}
