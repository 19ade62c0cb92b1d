import { grouped } from '../model/grouped.js';
import type { Archive } from './archive.js';

/** Spans of one write: an import of any size lets others write in between. */
const SPANS_PER_WRITE = 500;

/** Traces as one document of OTLP JSON, a part of the `Blob` each: no text is longer than a trace. */
export async function exportTraces(archive: Archive, ids?: readonly string[]): Promise<Blob> {
  const { toOtlp } = await import('../export/otlp.js');
  const wanted = ids ?? (await archive.list({ limit: Infinity })).map(({ id }) => id);
  const parts: (string | Blob)[] = ['{"resourceSpans":['];
  for (const id of wanted) {
    const { spans } = await archive.read(id);
    for (const resource of toOtlp(spans).resourceSpans) {
      if (parts.length > 1) parts.push(',');
      // A blob is kept where the browser sees fit, a string in the memory of the page.
      parts.push(new Blob([JSON.stringify(resource)]));
    }
  }
  return new Blob([...parts, ']}'], { type: 'application/json' });
}

/** Writes the spans of each trace that are not there yet. Gives the ids of the traces. */
export async function importTraces(
  data: unknown,
  ask: <Result>(work: (archive: Archive) => Promise<Result>) => Promise<Result>,
): Promise<string[]> {
  const [{ readTraces }, { recordedSpanOf }] = await Promise.all([
    import('../formats/index.js'),
    import('../export/recorded-span.js'),
  ]);
  const ids = new Set<string>();
  for (const trace of await readTraces(data)) {
    const spans = Array.from(trace.spans, recordedSpanOf);
    for (const [id, group] of grouped(spans, ({ traceId }) => traceId)) {
      ids.add(id);
      const known = new Set((await ask((archive) => archive.read(id))).spans.map((span) => span.id));
      const fresh = group.filter((span) => !known.has(span.id));
      for (let at = 0; at < fresh.length; at += SPANS_PER_WRITE) {
        const slice = fresh.slice(at, at + SPANS_PER_WRITE);
        const { ended = [], open = [] } = Object.groupBy(slice, ({ end }) => (end === undefined ? 'open' : 'ended'));
        await ask((archive) => archive.add({ ended, open, isImported: true }));
      }
    }
  }
  return [...ids];
}
