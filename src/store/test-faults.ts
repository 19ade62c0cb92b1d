/** Faults of IndexedDB for tests: what it does to calls is done to the real one. */

/** What goes wrong. */
export interface Fault {
  /**
   * `open`, `transaction`: the call throws. `opening`: the database answers with an error. `put`: the call throws.
   * `commit`: the transaction is aborted with an error. `silence`: `open()` never answers.
   */
  at: 'open' | 'opening' | 'silence' | 'transaction' | 'put' | 'commit';
  /** Name of the `DOMException`. */
  error?: string;
  /** Calls that go well before. */
  after?: number;
  /** Calls that fail; all where not said otherwise. */
  times?: number;
}

/** Gives an error to whoever listens to a request or a transaction, in place of what it was going to tell. */
function failInstead(target: EventTarget, events: readonly string[], event: string, error: DOMException): void {
  for (const name of events) {
    target.addEventListener(name, (told) => {
      if ('isMade' in told) return;
      told.stopImmediatePropagation();
      Object.defineProperty(target, 'error', { value: error });
      target.dispatchEvent(Object.assign(new Event(event), { isMade: true }));
    });
  }
}

/** Makes IndexedDB fail until it is told to stop. Gives back what mends it, which lets calls through that never answered. */
export function breakDatabase({ at, error = 'UnknownError', after = 0, times = Infinity }: Fault): () => void {
  let calls = 0;
  let isMended = false;
  const isBroken = (): boolean => {
    calls++;
    return calls > after && calls <= after + times;
  };
  const fault = (): DOMException => new DOMException(`${error} of the test`, error);
  const waiting: (() => void)[] = [];
  const { open } = IDBFactory.prototype;
  const { transaction } = IDBDatabase.prototype;
  const { put } = IDBObjectStore.prototype;

  IDBFactory.prototype.open = function (...args) {
    if (at === 'open' && isBroken()) throw fault();
    const request = open.apply(this, args);
    if (at === 'opening' && isBroken()) {
      request.addEventListener('success', () => request.result.close());
      failInstead(request, ['success'], 'error', fault());
    }
    if (at === 'silence' && isBroken()) {
      request.addEventListener('success', (event) => {
        if ('isMade' in event || isMended) return;
        event.stopImmediatePropagation();
        waiting.push(() => request.dispatchEvent(Object.assign(new Event('success'), { isMade: true })));
      });
    }
    return request;
  };
  IDBDatabase.prototype.transaction = function (...args) {
    const isWrite = args[1] === 'readwrite';
    if (at === 'transaction' && isWrite && isBroken()) throw fault();
    const begun = transaction.apply(this, args);
    if (at === 'commit' && isWrite && isBroken()) {
      failInstead(begun, ['abort'], 'abort', fault());
      queueMicrotask(() => {
        try {
          begun.abort();
        } catch {
          // The store has done so itself.
        }
      });
    }
    return begun;
  };
  IDBObjectStore.prototype.put = function (...args) {
    if (at === 'put' && isBroken()) throw fault();
    return put.apply(this, args);
  };
  return () => {
    isMended = true;
    IDBFactory.prototype.open = open;
    IDBDatabase.prototype.transaction = transaction;
    IDBObjectStore.prototype.put = put;
    for (const answer of waiting.splice(0)) answer();
  };
}

/** Moves the page's clock: that of durations and waiting, and on request that of the day. Gives back what sets it right. */
export function moveClock(milliseconds: number, clocks: { wall?: boolean } = {}): () => void {
  const { now } = performance;
  const { now: today } = Date;
  if (clocks.wall) Date.now = () => today() + milliseconds;
  else performance.now = () => now.call(performance) + milliseconds;
  return () => {
    performance.now = now;
    Date.now = today;
  };
}

/** Lets what counts seconds count hundredths of them. Gives back what ends that. */
export function hurry(): () => void {
  const { setInterval } = globalThis;
  globalThis.setInterval = ((work: () => void, after: number) => setInterval(work, after / 100)) as typeof setInterval;
  return () => {
    globalThis.setInterval = setInterval;
  };
}
