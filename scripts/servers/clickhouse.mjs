import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { collector, freePort, fromPyPi, start } from './processes.mjs';

const VERSION = '4.4.0';
const COLLECTOR = 'v0.150.0';
const EXPORTER = 'v0.149.0';
const PROVIDER = 'v1.56.0';

/** The engine is ClickHouse's own; the server around it is `clickhouse-http.py`. */
export const title = `ClickHouse (the engine of chdb ${VERSION}), behind a collector`;

const PARTS = `receivers: [{ gomod: go.opentelemetry.io/collector/receiver/otlpreceiver ${COLLECTOR} }]
exporters: [{ gomod: github.com/open-telemetry/opentelemetry-collector-contrib/exporter/clickhouseexporter ${EXPORTER} }]
providers:
  - gomod: go.opentelemetry.io/collector/confmap/provider/fileprovider ${PROVIDER}
  - gomod: go.opentelemetry.io/collector/confmap/provider/envprovider ${PROVIDER}
`;

const configOf = (otlp, port) => `
receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:${otlp}" } } } }
exporters:
  clickhouse:
    { endpoint: "http://127.0.0.1:${port}", compress: none, async_insert: false, sending_queue: { enabled: false } }
service:
  telemetry: { metrics: { level: none }, logs: { level: error } }
  pipelines: { traces: { receivers: [otlp], exporters: [clickhouse] } }
`;

export async function install() {
  return {
    python: await fromPyPi(`chdb-${VERSION}`, `chdb==${VERSION}`),
    collector: await collector('clickhouse-collector', COLLECTOR, PARTS),
  };
}

export async function serve(programs, folder) {
  const port = await freePort();
  const otlp = await freePort();
  const script = fileURLToPath(new URL('clickhouse-http.py', import.meta.url));
  const stopEngine = await start(`${programs.python}/python`, [script, path.join(folder, 'data'), `${port}`], {
    folder,
    ready: `http://127.0.0.1:${port}/ping`,
  });
  await writeFile(path.join(folder, 'config.yaml'), configOf(otlp, port));
  const stopCollector = await start(programs.collector, ['--config', 'file:config.yaml'], {
    folder,
    ready: `http://127.0.0.1:${otlp}/v1/traces`,
  }).catch(async (error) => {
    await stopEngine();
    throw error;
  });
  const stop = async () => {
    await stopCollector();
    await stopEngine();
  };
  return { stop, otlp: { port: otlp, path: '/v1/traces' }, source: { port } };
}

export const precision = 0.000_001;

/** Attributes of events that are no texts. */
export const lost = { events: 'kinds of values' };

export { scale as further } from './clickhouse-scale.mjs';
