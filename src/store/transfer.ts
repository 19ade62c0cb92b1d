import type { Backend, Batch } from './backend.js';

/** Spans of one write: an import of any size lets others write in between. */
const SPANS_PER_WRITE = 500;

/** Traces as one document of OTLP JSON, a part of the `Blob` each: no text is longer than a trace. */
export async function exportTraces(backend: Backend, ids?: readonly string[]): Promise<Blob> {
  const { toOtlp } = await import('../export/otlp.js');
  const wanted = ids ?? (await backend.list({ limit: Infinity })).map(({ id }) => id);
  const parts: (string | Blob)[] = ['{"resourceSpans":['];
  for (const id of wanted) {
    const { spans } = await backend.read(id);
    for (const resource of toOtlp(spans).resourceSpans) {
      if (parts.length > 1) parts.push(',');
      // A blob is kept where the browser sees fit, a string in the memory of the page.
      parts.push(new Blob([JSON.stringify(resource)]));
    }
  }
  return new Blob([...parts, ']}'], { type: 'application/json' });
}

/** What an import has to write: the spans of each trace that are not there yet. */
export async function* tracesToImport(data: unknown, backend: Backend): AsyncGenerator<{ id: string; batch: Batch }> {
  const [{ readTraces }, { recordedSpanOf }] = await Promise.all([
    import('../formats/index.js'),
    import('../export/recorded-span.js'),
  ]);
  for (const trace of await readTraces(data)) {
    const spans = Array.from(trace.spans, recordedSpanOf);
    for (const [id, group] of Map.groupBy(spans, ({ traceId }) => traceId)) {
      const known = new Set((await backend.read(id)).spans.map((span) => span.id));
      const fresh = group.filter((span) => !known.has(span.id));
      for (let at = 0; at === 0 || at < fresh.length; at += SPANS_PER_WRITE) {
        const slice = fresh.slice(at, at + SPANS_PER_WRITE);
        const { ended = [], open = [] } = Object.groupBy(slice, ({ end }) => (end === undefined ? 'open' : 'ended'));
        yield { id, batch: { ended, open } };
      }
    }
  }
}
