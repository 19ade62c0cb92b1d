// One element on a page, which a program can drive: `npm run bench` measures it, and any other harness can that knows how.
// `bench.html` shows <llm-trace-view>, `bench.html?show=tree` <llm-span-tree> alone, `?show=timeline` <llm-timeline>.
import 'llm-trace-kit/define.js';
import { loadDetails, readTraces } from 'llm-trace-kit/formats';
import type { Trace } from 'llm-trace-kit/model';

/** What a page under test gives. What is optional is what not every page can do. */
interface Bench {
  /** Selects the rows, wherever they are. */
  rowSelector?: string;
  /** Whether the trace is drawn, where there are no rows. */
  painted?(): boolean;
  /** Makes what `load` takes of a parsed trace, where that is measured apart. */
  convert?(input: unknown): Promise<unknown>;
  /** Shows a trace. May resolve before it is painted. */
  load(input: unknown): Promise<void>;
  /** What scrolls. */
  scrollTarget(): Promise<Element>;
  expandAll?(): Promise<void>;
  collapseAll?(): Promise<void>;
  /** Selects the span of a row, counted from 0. */
  select?(row: number): Promise<void>;
  /** Leaves the spans with a text in their names, and what they are inside of; all of them where it is empty. */
  search?(text: string): Promise<void>;
  /** Adds spans to what is shown. */
  append?(input: unknown): Promise<void>;
  /** Reads a trace without showing it, and says how many spans it has. */
  read(input: unknown): Promise<number>;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

const rowSelector = '[role=row][data-span-id]';

async function read(input: unknown): Promise<number> {
  const traces = await readTraces(input);
  return traces.reduce((sum, trace) => sum + trace.spans.length, 0);
}

function viewBench(): Bench {
  const view = document.createElement('llm-trace-view');
  document.body.append(view);
  const tree = () => view.shadowRoot!.querySelector('llm-span-tree')!;
  return {
    rowSelector,
    load: (input) => view.load(input),
    scrollTarget: () => Promise.resolve(tree().shadowRoot!.querySelector('[role=treegrid]')!),
    async expandAll() {
      view.expandAll();
      await tree().updateComplete;
    },
    async collapseAll() {
      view.collapseAll();
      await tree().updateComplete;
    },
    async select(row) {
      view.selected = view.trace!.spans.at(row)!.id;
      await view.updateComplete;
    },
    async search(text) {
      view.query = text && `name:*${text}*`;
      await view.updateComplete;
      const field = view.shadowRoot!.querySelector('llm-search-field');
      if (field) {
        await customElements.whenDefined('llm-search-field');
        await field.updateComplete;
      }
      await view.updateComplete;
      await tree().updateComplete;
    },
    append: (input) => view.append(input),
    read,
  };
}

function treeBench(): Bench {
  const tree = document.createElement('llm-span-tree');
  document.body.append(tree);
  // `readTraces` waits for what reads the details of spans, of which a tree shows none: it is there before, as it is for all that is
  // read after the first trace.
  void loadDetails();
  return {
    rowSelector,
    async load(input) {
      [tree.trace] = await readTraces(input);
      await tree.updateComplete;
    },
    scrollTarget: () => Promise.resolve(tree.shadowRoot!.querySelector('[role=treegrid]')!),
    async expandAll() {
      tree.expandAll();
      await tree.updateComplete;
    },
    async collapseAll() {
      tree.collapseAll();
      await tree.updateComplete;
    },
    async select(row) {
      tree.selected = tree.trace!.spans.at(row)!.id;
      await tree.updateComplete;
    },
    read,
  };
}

function timelineBench(): Bench {
  const timeline = document.createElement('llm-timeline');
  document.body.append(timeline);
  const canvases = () => [...timeline.shadowRoot!.querySelectorAll('canvas')];
  return {
    painted: () => canvases().length > 0 && canvases().every(isDrawn),
    convert: async (input) => (await readTraces(input))[0],
    async load(trace) {
      timeline.trace = trace as Trace;
      await timeline.updateComplete;
    },
    scrollTarget: () => Promise.resolve(canvases().at(-1)!),
    read,
  };
}

/** Whether there is more on a canvas than its background. */
function isDrawn(canvas: HTMLCanvasElement): boolean {
  if (canvas.width === 0 || canvas.height === 0) return false;
  const [width, height] = [64, 16];
  const sample = new OffscreenCanvas(width, height).getContext('2d')!;
  sample.drawImage(canvas, 0, 0, width, height);
  const pixels = new Uint32Array(sample.getImageData(0, 0, width, height).data.buffer);
  return new Set(pixels).size > 2;
}

const shown = new URLSearchParams(location.search).get('show');
if (shown === 'tree') window.bench = treeBench();
else if (shown === 'timeline') window.bench = timelineBench();
else window.bench = viewBench();
