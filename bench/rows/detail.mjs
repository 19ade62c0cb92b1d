import { source } from './source.mjs';
import { workOf } from './work.mjs';

/** Very large spans, each as an expression that gives its attributes. */
const SPANS = [
  ['a message of 5 MB', "said([message('Words of a long text. '.repeat(230_000))])"],
  ['5,000 messages', "said(Array.from({ length: 5000 }, (_, at) => message('message ' + at)))"],
  ['100,000 attributes', "Array.from({ length: 100_000 }, (_, at) => attribute('attribute.' + at, 'value ' + at))"],
  ['an attribute of 50 MB', "[attribute('large', 'x'.repeat(50_000_000))]"],
];

/** A span opened in a view, from its text to its pixels, less what `JSON.parse` takes for that text; against the latter. */
export const detailRows = SPANS.map(([what, attributes]) => ({
  name: `span opened: ${what}, work beyond JSON.parse`,
  unit: 'ms',
  cases: ['view', 'parse'],
  holds: { atMost: 200 },
  measure: async (page, name) => {
    const work = await workOf(page, name);
    return name === 'parse' ? work : work - (await workOf(page, 'parse'));
  },
  program: `
import ${source('define.ts')};

const attribute = (key, stringValue) => ({ key, value: { stringValue } });
const message = (content) => ({ role: 'user', parts: [{ type: 'text', content }] });
const said = (messages) => [
  attribute('gen_ai.operation.name', 'chat'),
  attribute('gen_ai.input.messages', JSON.stringify(messages)),
];
const span = {
  traceId: 'trace',
  spanId: 'span',
  name: 'span',
  startTimeUnixNano: '1790000000000000000',
  endTimeUnixNano: '1790000001000000000',
  attributes: ${attributes},
};
const text = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
let view;

window.bench = {
  async prepare() {
    view = document.createElement('llm-trace-view');
    view.style.height = '600px';
    document.body.append(view);
    await drawn();
  },
  parse() {
    if (JSON.parse(text).resourceSpans.length !== 1) throw new Error('the text is another one');
  },
  async view() {
    await view.load(text);
    view.selected = 'span';
    await view.updateComplete;
    await drawn();
    const detail = view.shadowRoot.querySelector('llm-span-detail');
    if (detail?.span?.id !== 'span') throw new Error('no span is open');
  },
};
`,
}));
