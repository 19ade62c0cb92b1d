import type { TraceStore } from 'llm-trace-kit/store';
import { element, on, tell } from './page.js';

/** The buttons that save, read and delete the traces of a store. */
export function connectFiles(store: TraceStore, showTrace: (traceId: string | undefined) => void): void {
  const files = element('import-files') as HTMLInputElement;

  on('download', 'click', async () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await store.export());
    link.download = 'traces.json';
    link.click();
    URL.revokeObjectURL(link.href);
  });

  on('import', 'click', () => files.click());
  on('import-files', 'change', async () => {
    const chosen = [...(files.files ?? [])];
    files.value = '';
    const ids = await store.import(chosen);
    showTrace(ids[0]);
    tell(`${ids.length} ${ids.length === 1 ? 'trace is' : 'traces are'} imported.`);
  });

  on('clear', 'click', async () => {
    if (!confirm('Delete all traces in this browser, and with them all conversations?')) return;
    await store.clear();
    showTrace(undefined);
    tell('');
  });

  if (store.status.mode === 'memory') {
    tell('This browser lets the page keep nothing: the traces are gone with the page.');
  }
}
