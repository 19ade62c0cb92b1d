// What each code block of the docs is run with: names that it takes for granted, and what holds afterwards. A block is found by its
// file and by a text that only it has. `page` is the HTML that it finds; `where` is 'node' for what needs it. A block that is only
// compiled says why (`onlyTypes`), as does one whose types are not looked at (`untyped`); one that is no program says who looks after
// it (`notRun`).

const VIEW = '<llm-trace-view></llm-trace-view>';
const VIEW_ELEMENT = `import 'llm-trace-kit/define.js';
const view = document.querySelector('llm-trace-view');`;
const SAMPLE = `import { readTraces as readSample } from 'llm-trace-kit/formats';
const [trace] = await readSample(await fetch('/trace.json'));`;
const TRACER = `import { createTracer as newTracer } from 'llm-trace-kit/tracer';
import { openTraceStore as openStore } from 'llm-trace-kit/store';
const store = await openStore({ name: 'block-' + Math.random() });
const tracer = newTracer({ store });`;
/** In place of a provider: one answer to everything. */
const ANSWERS = `globalThis.fetch = async () =>
  Response.json({ id: '1', object: 'chat.completion', model: 'gpt-4.1', choices: [{ index: 0, message: { role: 'assistant', content: 'Ho' }, finish_reason: 'stop' }] });`;
const ROWS = `
const rowsOf = (element) => element.shadowRoot?.querySelector('llm-span-tree')?.shadowRoot.querySelectorAll('[role="row"][data-span-id]').length ?? 0;
const span0 = document.querySelector('llm-trace-view');
await until(() => rowsOf(span0) > 1, 'rows');`;

export const contexts = [
  { file: 'README.md', has: 'src="trace.json"></llm-trace-view>', after: ROWS },
  {
    file: 'README.md',
    has: 'await view.load(file)',
    page: VIEW,
    before: `const file = new File([await (await fetch('/trace.json')).blob()], 'trace.json');`,
    after: `holds(view.trace.spans.length > 1, 'a trace is shown');`,
  },
  {
    file: 'README.md',
    has: '<script type="application/json">',
    before: `import 'llm-trace-kit/define.js';`,
    after: `const inside = document.querySelector('llm-trace-view');
await until(() => inside.trace, 'the trace inside');
holds(inside.trace.spans.at(0).messages.length > 0, 'a message');`,
  },
  {
    file: 'docs/view.md',
    has: 'llm-trace-kit/i18n/de.js',
    page: VIEW,
    before: `import 'llm-trace-kit/define.js';`,
    after: `const german = document.querySelector('llm-trace-view');
await until(() => german.messages.locale === 'de', 'German');`,
  },
  {
    file: 'docs/view.md',
    has: 'keepInUrl(view)',
    page: VIEW,
    before: `${VIEW_ELEMENT}
await view.load(await fetch('/trace.json'));`,
    after: `await view.updateComplete;
view.selected = view.trace.spans.at(1).id;
await until(() => location.hash.includes(view.selected), 'the address');
stop();`,
  },
  {
    file: 'docs/reading.md',
    has: "readTraces(await readFile('trace.json'))",
    where: 'node',
    after: `holds(trace.spans.length > 1, 'spans');`,
  },
  {
    file: 'docs/reading.md',
    has: 'llm-trace-kit/evaluate',
    page: VIEW,
    before: `${VIEW_ELEMENT}
${TRACER}
const traces = await store.import(await (await fetch('/trace.json')).blob()).then(async () => [await store.trace((await store.list())[0].id)]);
const askModel = async (prompt: string, span: unknown) => (void span, JSON.stringify({ score: 1, explanation: prompt.slice(0, 10) }));`,
    after: `holds(scores.length > 0, 'scores');
holds(failures.length === 0, JSON.stringify(failures));`,
  },
  {
    file: 'docs/tracing.md',
    has: 'const tracer = createTracer({ store });',
    page: VIEW,
    before: `${VIEW_ELEMENT}
const question = 'Where?';
const search = async (words: string) => ['a document about ' + words];
const ask = async (words: string, docs: string[], headers: Record<string, string>) => (holds('traceparent' in headers, 'headers'), words + docs.length);`,
    after: `await until(() => view.trace?.spans.length === 3, 'three spans');`,
  },
  {
    file: 'docs/tracing.md',
    has: 'wrapOpenAI(new OpenAI(',
    before: `import OpenAI from 'openai';
${TRACER}
const apiKey = 'key';
const messages = [{ role: 'user' as const, content: 'Hi' }];
${ANSWERS}`,
    after: `await tracer.flush();
const [recorded] = await store.list();
holds((await store.trace(recorded.id)).spans.length === 2, 'the call is below the answer');`,
  },
  {
    file: 'README.md',
    has: 'view.store = store;',
    page: VIEW,
    before: `${VIEW_ELEMENT}
import OpenAI from 'openai';
const apiKey = 'key';
const question = 'Where?';
const search = async (words: string) => ['a document about ' + words];
const messagesOf = (asked: string, docs: string[]) => [{ role: 'user' as const, content: docs + asked }];
${ANSWERS}`,
    after: `await until(() => view.trace?.spans.length === 3, 'three spans');`,
  },
  {
    file: 'docs/backends.md',
    has: 'const tracer = createTracer({ store, exporters: [exporter] });',
    after: `await tracer.span('sent', () => {});
await tracer.flush();
await exporter.flush();
await until(() => exporter.status.stored === 1, 'a span that arrives');`,
  },
  {
    file: 'docs/backends.md',
    has: 'createServer(async (request, response)',
    where: 'node',
    untyped: 'the types of the DOM know no fetch that sends what a request of Node brings',
    before: `import { Server } from 'node:http';
process.env.LANGFUSE_KEYS = 'pk:sk';
const sent = [];
const real = globalThis.fetch;
globalThis.fetch = async (url, init) => (sent.push([url, init.headers, await new Response(init.body).text()]), Response.json({ partialSuccess: {} }));
const listen = Server.prototype.listen;
let relay;
// A port that is free, whatever the block says.
Server.prototype.listen = function () { relay = this; return listen.call(this, 0); };`,
    after: `if (!relay.listening) await new Promise((resolve) => relay.once('listening', resolve));
const address = 'http://localhost:' + relay.address().port;
const answer = await real(address + '/otlp/v1/traces', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
holds(answer.status === 200 && (await answer.json()).partialSuccess, 'the answer of the backend');
holds(sent[0][0].startsWith('https://cloud.langfuse.com/') && sent[0][1].authorization.startsWith('Basic ') && sent[0][2] === '{}', 'what was sent');
holds((await real(address + '/else')).status === 404, 'nothing else');
relay.close();`,
  },
  {
    file: 'docs/backends.md',
    has: 'encoding: otlpProtobuf',
    before: `import { otlpExporter } from 'llm-trace-kit/export';
${TRACER}
const url = '/otlp/v1/traces';
const headers = {};`,
  },
  {
    file: 'docs/backends.md',
    has: 'allowed_origins',
    notRun: 'configuration of another program, which scripts/receiver.mjs runs with one of its own',
  },
  {
    file: 'docs/backends.md',
    has: "from 'llm-trace-kit/sources/jaeger'",
    page: '<llm-trace-list></llm-trace-list><llm-trace-view></llm-trace-view>',
    before: `// A Jaeger without traces.
globalThis.fetch = async () => Response.json({ data: [], total: 0 });`,
    after: `await list.updateComplete;
holds(list.source === view.source && source.filters.has('service'), 'a source');`,
  },
  {
    file: 'docs/backends.md',
    has: 'ended(span) {',
    before: `import type { SpanExporter } from 'llm-trace-kit/export';
import { createTracer } from 'llm-trace-kit/tracer';
import { openTraceStore } from 'llm-trace-kit/store';
const store = await openTraceStore({ name: 'exporter' });
const posted = [];
const post = (body: unknown) => void posted.push(body);`,
    after: `await createTracer({ store, exporters: [exporter satisfies SpanExporter] }).span('one', () => {});
holds(posted.length === 1 && posted[0].name === 'one', 'the span is handed over');`,
  },
  {
    file: 'docs/frameworks.md',
    has: '<llm-trace-view src="trace.json" onllm-span-select={({ detail })',
    before: 'const setName = (name: string) => name;',
    onlyTypes: 'examples/react is built and opened by `npm run test:installs`',
  },
  {
    file: 'docs/frameworks.md',
    has: 'onSpanSelect={({ detail }) => setName',
    before: 'const setName = (name: string) => name;',
    onlyTypes: 'examples/react is built and opened by `npm run test:installs`',
  },
  {
    file: 'docs/frameworks.md',
    has: "renderTrace(await readFile('trace.json')",
    where: 'node',
    after: `holds(html.startsWith('<llm-trace-view') && html.includes('scope="row"'), 'rows');`,
  },
  {
    file: 'docs/frameworks.md',
    has: "watch: ['./public/trace.json']",
    onlyTypes: 'examples/vitepress is built and opened by `npm run test:installs`',
  },
  {
    file: 'docs/frameworks.md',
    has: 'set:html={served}',
    notRun: 'examples/starlight is built by `npm run test:installs`',
  },
  {
    file: 'docs/frameworks.md',
    has: "view='timeline')",
    notRun: 'examples/notebook is executed by `npm run test:notebook`',
  },
  {
    file: 'docs/frameworks.md',
    has: 'isCustomElement',
    before: `const vue = (options) => options;
const plugin =`,
    after: `holds(plugin.template.compilerOptions.isCustomElement('llm-json') && !plugin.template.compilerOptions.isCustomElement('div'), 'our tags');`,
  },
  {
    file: 'docs/frameworks.md',
    has: '@Component(',
    before: `const Component = (options: { schemas: unknown[]; template: string }) => (one: unknown) => void [options, one];
const CUSTOM_ELEMENTS_SCHEMA = {};`,
    after: 'export class App {}',
    onlyTypes: 'examples/angular is built and opened by `npm run test:installs`',
  },
  {
    file: 'docs/internals.md',
    has: 'recordInternals(span, {',
    before: `${TRACER}
const span = tracer.start('call');`,
    after: `span.end();
await tracer.flush();
const read = (await store.trace((await store.list())[0].id)).spans.at(0);
holds(read.internals.output.logprob[1] === -2.3, 'what was recorded');`,
  },
  {
    file: 'docs/internals.md',
    has: "import 'llm-trace-kit/define/llm-token-view.js'",
    before: `import { readTraces } from 'llm-trace-kit/formats';
const [trace] = await readTraces(await fetch('/tokens.json'));
const span = [...trace.spans].find(({ internals }) => internals);`,
    after: `await view.updateComplete;
await until(() => view.shadowRoot.querySelectorAll('[role="option"], [data-token], .token').length > 3, 'tokens');`,
  },
  {
    file: 'docs/internals.md',
    has: 'gptTokenizer, huggingFaceTokenizer',
    before: `declare const view: import('llm-trace-kit').LlmTokenView;
declare const Tokenizer: new (json: unknown, config: unknown) => { encode(text: string, options?: object): { ids: number[] }; decode(ids: number[], options?: object): string };
declare const tokenizerJson: unknown, tokenizerConfig: unknown;`,
    onlyTypes:
      'the packages with the vocabularies are no dependency; src/internals/internals.test.ts has doubles of them',
  },
  {
    file: 'docs/internals.md',
    has: '<llm-attention-view layer="3"',
    before: `import 'llm-trace-kit/define.js';`,
    after: `const attention = document.querySelector('llm-attention-view');
await attention.updateComplete;
holds(attention.layer === 3 && attention.head === 'mean' && attention.hideSink && attention.scale === 'log', 'its attributes');`,
  },
  {
    file: 'docs/internals.md',
    has: "document.querySelectorAll('llm-token-view",
    untyped: 'the compiler knows no elements by a list of selectors',
    page: '<llm-token-view></llm-token-view><llm-attention-view></llm-attention-view>',
    before: `import { LlmTokenSelectEvent } from 'llm-trace-kit';
import 'llm-trace-kit/define.js';`,
    after: `views[0].dispatchEvent(new LlmTokenSelectEvent({ start: 1, end: 3, span: undefined }));
holds(views[1].selected.start === 1 && views[1].selected.end === 3, 'one chooses for all');`,
  },
  {
    file: 'docs/internals.md',
    has: 'watchOptimizer(optimizer, { tf, span })',
    before: `import * as tf from '@tensorflow/tfjs-core';
${TRACER}
import type { LayersModel } from '@tensorflow/tfjs-layers';
const span = tracer.start('training');
const step = 1, loss = 0.5, learningRate = 0.01;
declare const optimizer: tf.Optimizer, model: LayersModel, inputs: tf.Tensor, outputs: tf.Tensor;`,
    onlyTypes: 'src/tracer/integrations/tfjs.test.ts and demo/training.html train nets this way',
  },
  {
    file: 'docs/internals.md',
    has: 'olmoTraceSources(response, answer)',
    page: '<llm-source-view></llm-source-view>',
    before: `import 'llm-trace-kit/define.js';
const view = document.querySelector('llm-source-view');
const answer = 'word for word';
const response = { index: 'v4_olmo', spans: [] };`,
    after: `holds(view.answer === answer, 'the answer');`,
  },
  {
    file: 'docs/internals.md',
    has: 'tracedPipeline(await pipeline(',
    before: `import { pipeline } from '@huggingface/transformers';
import type { InferenceSession } from 'onnxruntime-web';
${TRACER}
declare const session: InferenceSession, tokenizer: { decode(ids: number[]): string }, text: string;
const model = 'a-model';`,
    onlyTypes: 'src/tracer/integrations/transformers.test.ts and demo/live.html run models this way',
  },
  {
    file: 'docs/internals.md',
    has: 'await replay({ call: span',
    before: `${TRACER}
declare const span: import('llm-trace-kit/model').Span, bytes: Uint8Array, space: number;
declare const attentionView: import('llm-trace-kit').LlmAttentionView, contributionView: import('llm-trace-kit').LlmContributionView;`,
    onlyTypes: 'src/tracer/integrations/replay.test.ts and demo/live.html replay models this way',
  },
  {
    file: 'docs/internals.md',
    has: 'enableProfiling: true',
    before: `import * as ort from 'onnxruntime-web';
import { keepProfiles, tracedGeneration } from 'llm-trace-kit/tracer/onnxruntime';
declare const bytes: Uint8Array, text: string, generation: ReturnType<typeof tracedGeneration>;`,
    onlyTypes: 'src/tracer/integrations/onnx-profile.test.ts runs a session with its profile',
  },
  {
    file: 'docs/query.md',
    has: 'const search = searchSpans(',
    before: SAMPLE,
    after: `holds(search.next(-1) === -1 || trace.spans.at(search.next(-1)), 'what was found');`,
  },
  {
    file: 'docs/query.md',
    has: 'query       = [ either ]',
    notRun: 'a grammar; src/analysis/query holds the parser against what the page says',
  },
  {
    file: 'SECURITY.md',
    has: 'Content-Security-Policy:',
    policy: true,
    page: `<script src="llm-trace-kit.min.js"></script><llm-trace-view></llm-trace-view>`,
    after: `const strict = document.querySelector('llm-trace-view');
await (strict as HTMLElement & { load(input: unknown): Promise<void> }).load({ object: 'chat.completion', model: 'm', choices: [{ message: { role: 'assistant', content: 'Hello' } }] });
holds(strict.shadowRoot.textContent.length > 20, 'a trace under the policy');`,
  },
];
