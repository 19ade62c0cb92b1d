// Sends the sample traces to a real OpenTelemetry Collector, as JSON and as protobuf, plain and compressed, and reads back
// what the collector sends on: it must be equal. The collector is built from its modules by its own builder, once, which
// takes minutes and needs Go; where that cannot be had, this says so and passes. Needs `npm run build`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = 'v0.150.0';
const PROVIDER_VERSION = 'v1.56.0';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = path.join(root, 'node_modules/.cache/llm-trace-kit', `collector-${VERSION}`);
const binary = path.join(folder, 'out', 'collector');
const dist = (file) => import(path.join(root, 'dist', file));

const BUILD = `
dist: { name: collector, output_path: ./out }
receivers: [{ gomod: go.opentelemetry.io/collector/receiver/otlpreceiver ${VERSION} }]
exporters: [{ gomod: go.opentelemetry.io/collector/exporter/otlphttpexporter ${VERSION} }]
providers:
  - gomod: go.opentelemetry.io/collector/confmap/provider/fileprovider ${PROVIDER_VERSION}
  - gomod: go.opentelemetry.io/collector/confmap/provider/envprovider ${PROVIDER_VERSION}
`;

const configOf = (port, target) => `
receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:${port}" } } } }
exporters: { otlp_http: { endpoint: "http://127.0.0.1:${target}", encoding: json, compression: none } }
service:
  telemetry: { metrics: { level: none }, logs: { level: error } }
  pipelines: { traces: { receivers: [otlp], exporters: [otlp_http] } }
`;

/** Runs a command to its end; gives why it failed, where it did. */
async function failureOf(command, args) {
  const child = spawn(command, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said += data));
  const [code] = await once(child, 'close').catch((error) => [error.message]);
  return code === 0 ? undefined : `${command} failed (${code}). ${said.trim().split('\n').slice(-3).join(' ')}`;
}

/** Builds the collector, if it was not built before; gives why that is not possible. */
async function build() {
  if (
    await access(binary).then(
      () => true,
      () => false,
    )
  )
    return undefined;
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'build.yaml'), BUILD);
  console.log('Building an OpenTelemetry Collector…');
  return failureOf('go', ['run', `go.opentelemetry.io/collector/cmd/builder@${VERSION}`, '--config', 'build.yaml']);
}

/** What the collector sends on, of which there may be more to come. */
async function target() {
  const bodies = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(Buffer.concat(chunks));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, bodies, port: server.address().port };
}

async function freePort() {
  const { server, port } = await target();
  server.close();
  return port;
}

/** Waits for something, half a minute at the most. */
async function until(isSo, what) {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`There is no ${what}.`);
}

/** The spans of the sample traces, as they are recorded: each once, and ended, since no other is sent. */
async function samples() {
  const { readTraces } = await dist('formats/index.js');
  const { recordedSpanOf } = await dist('export/index.js');
  const spans = new Map();
  for (const file of await readdir(path.join(root, 'demo/traces'))) {
    if (!file.endsWith('.json') || file === 'index.json') continue;
    for (const trace of await readTraces(await readFile(path.join(root, 'demo/traces', file)))) {
      for (const span of trace.spans)
        if (span.end !== undefined) spans.set(`${span.traceId} ${span.id}`, recordedSpanOf(span));
    }
  }
  return [...spans.values()];
}

/** Spans by their ids, as text that tells whether they are equal. */
async function read(inputs) {
  const { readTraces } = await dist('formats/index.js');
  const { recordedSpanOf } = await dist('export/index.js');
  const spans = new Map();
  for (const input of inputs) {
    for (const trace of await readTraces(input)) {
      for (const span of trace.spans) spans.set(`${span.traceId} ${span.id}`, inOrder(recordedSpanOf(span)));
    }
  }
  return spans;
}

/** JSON in which the order of keys makes no difference: OTLP's maps have none. */
const inOrder = (value) =>
  JSON.stringify(value, (_key, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );

const reason = await build();
if (reason) {
  console.log(`Skipped: there is no OpenTelemetry Collector to send to. ${reason}`);
  console.log('0 passed, 0 failed, 4 skipped');
  process.exit();
}

const { otlpExporter, toOtlp } = await dist('export/index.js');
const { otlpProtobuf } = await dist('export/protobuf.js');
const { server, bodies, port: targetPort } = await target();
const port = await freePort();
await writeFile(path.join(folder, 'config.yaml'), configOf(port, targetPort));
const collector = spawn(binary, ['--config', 'file:config.yaml'], { cwd: folder, stdio: 'inherit' });
const url = `http://127.0.0.1:${port}/v1/traces`;
let failed = 0;
try {
  await until(
    () =>
      fetch(url).then(
        () => true,
        () => false,
      ),
    'collector',
  );
  const spans = await samples();
  const sent = await read([toOtlp(spans)]);
  const encodings = { JSON: undefined, protobuf: otlpProtobuf };
  for (const [name, encoding] of Object.entries(encodings)) {
    for (const gzip of [false, true]) {
      bodies.length = 0;
      const exporter = otlpExporter({ url, gzip, batchSpans: 50, ...(encoding && { encoding }) });
      for (const span of spans) exporter.ended(span);
      const { stored } = await exporter.flush();
      await exporter.close();
      let got = new Map();
      await until(async () => (got = await read(bodies)).size >= stored, 'answer').catch(() => {});
      const equal = [...sent].filter(([id, span]) => got.get(id) === span).length;
      const isGood = stored === spans.length && equal === spans.length && got.size === spans.length;
      if (!isGood) failed++;
      const facts = `${stored} of ${spans.length} spans taken, ${equal} came back equal`;
      console.log(
        `${isGood ? '✓' : '✗'} ${name}${gzip ? ', compressed' : ''}: ${facts}. ${exporter.status.lastError ?? ''}`,
      );
      if (!isGood) {
        const [odd] = [...sent].filter(([id, span]) => got.get(id) !== span);
        if (odd) console.log(`sent: ${odd[1].slice(0, 2000)}\ngot:  ${got.get(odd[0])?.slice(0, 2000)}`);
      }
    }
  }
} finally {
  collector.kill();
  server.close();
}
console.log(`${4 - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
