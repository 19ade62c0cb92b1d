import { expect } from '@open-wc/testing';
import { recordedSpanOf } from '../export/index.js';
import type { RecordedSpan } from '../model/index.js';
import { backend, type BackendAnswer } from '../test/backend.js';
import { jaegerSource } from './jaeger.js';
import { mlflowSource } from './mlflow.js';
import { phoenixSource } from './phoenix.js';
import type { SourceOptions, TraceSource } from './source.js';
import { zipkinSource } from './zipkin.js';

/** What a real server was sent, and what it answered then (scripts/servers.mjs). */
interface Recorded {
  id: string;
  sent: readonly RecordedSpan[];
  answers: readonly BackendAnswer[];
}

const OPEN: Readonly<Record<string, (options: SourceOptions) => TraceSource>> = {
  jaeger: jaegerSource,
  mlflow: mlflowSource,
  phoenix: phoenixSource,
  zipkin: zipkinSource,
};

/** What each of them keeps; what each loses stands with its function. */
const KEPT = ['name', 'kind', 'parentId', 'status', 'statusMessage', 'model', 'usage', 'messages', 'documents', 'input', 'output', 'tags'] as const; // prettier-ignore

describe('what real servers answered', () => {
  for (const [name, open] of Object.entries(OPEN)) {
    it(`is listed and read from ${name}`, async () => {
      const { id, sent, answers } = (await (await fetch(`/src/test/recorded/${name}.json`)).json()) as Recorded;
      const { url } = await backend(...answers);
      const source = open({ url, pageSize: 2 });
      const root = sent.find(({ parentId }) => parentId === undefined)!;
      const { traces } = await source.list({ from: root.start - 1000, to: root.end! + 1000 });
      const listed = traces.find((trace) => trace.id === id)!;
      // MLflow names no trace in a list.
      expect(listed.name).to.equal(name === 'mlflow' ? '' : 'plan a trip');
      expect(listed.start).to.be.closeTo(root.start, 1);
      const trace = await source.trace(id);
      const spans = new Map(Array.from(trace!.spans, (span) => [span.id, recordedSpanOf(span)]));
      expect([...spans.keys()].sort()).to.deep.equal(sent.map((span) => span.id).sort());
      for (const span of sent) {
        const back = spans.get(span.id)!;
        for (const field of ['start', 'end'] as const) expect(back[field]).to.be.closeTo(span[field]!, 0.003);
        for (const field of KEPT) expect(back[field], `${field} of ${span.name}`).to.deep.equal(span[field]);
      }
      expect(await source.trace('f'.repeat(32))).to.equal(undefined);
    });
  }
});
