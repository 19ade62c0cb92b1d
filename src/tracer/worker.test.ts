import { expect } from '@open-wc/testing';
import type { RecordedSpan } from '../model/index.js';
import type { TracerStatus } from './index.js';

interface Report {
  said: number;
  spans: RecordedSpan[];
  untaken: string[];
  status: TracerStatus;
}

const report = (url: URL): Promise<Report> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(url, { type: 'module' });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data as Report);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
  });

describe('a tracer in a worker', () => {
  it('records, masks and reads answers as in a page, and leaves errors that nobody takes to the worker', async () => {
    const { said, spans, untaken, status } = await report(new URL('./test-worker.ts', import.meta.url));
    const byName = new Map(spans.map((span) => [span.name, span]));
    expect([...byName.keys()]).to.have.members(['root', 'chat m', 'left', 'taken']);
    const [root, call] = [byName.get('root')!, byName.get('chat m')!];
    expect(root).to.deep.include({ input: '[masked:email]', output: said });
    expect(call).to.deep.include({ parentId: root.id, kind: 'llm' });
    expect(call.messages!.at(-1)!.parts[0]).to.have.property('text').that.includes('brave');
    expect(untaken).to.deep.equal(['Error: nobody takes this']);
    expect(status).to.deep.include({ failures: 0, open: 0 });
  });
});
