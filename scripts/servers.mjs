// Sends recorded runs from a real browser to real servers, reads them back by their sources, and compares span by span.
// `npm run test:servers -- phoenix zipkin` asks those only. What cannot be installed here is skipped, with a line that says why.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser } from './servers/browser.mjs';
import { compare } from './servers/compare.mjs';
import { until } from './servers/processes.mjs';

const NAMES = ['jaeger', 'zipkin', 'phoenix', 'mlflow', 'clickhouse'];
const RUNS = 3;
/** Backends with a source whose server no package registry has. */
const NOT_TO_BE_HAD = ['Grafana Tempo', 'Langfuse', 'LangSmith', 'Opik'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !NAMES.includes(name));
if (unknown.length) throw new Error(`There is no ${unknown.join(', ')}. There are: ${NAMES.join(', ')}.`);

const counts = { passed: 0, failed: 0, skipped: 0 };
function tell(what, faults) {
  counts[faults.length ? 'failed' : 'passed']++;
  console.log(`${faults.length ? '✗' : '✓'} ${what}`);
  for (const fault of faults) console.log(`    ${fault}`);
}

/** What is the same for each server: there and back. */
async function thereAndBack(browser, name, server, { otlp, source }) {
  const { port, path: where, ...options } = otlp;
  const sent = await browser.kit('send', { url: `${browser.to(port)}${where}`, ...options }, RUNS);
  tell(`${sent.stored} of ${sent.spans.length} spans sent`, sent.stored === sent.spans.length ? [] : [sent.lastError]);
  const ids = [...new Set(sent.spans.map(({ traceId }) => traceId))];
  const opened = { ...source, port: undefined, url: browser.to(source.port), pageSize: 2 };
  // Servers take spans before they can be asked for them.
  const listed = await until(
    async () => {
      const list = await browser.kit('list', name, opened);
      return ids.every((id) => list.traces.some((trace) => trace.id.endsWith(id))) && list;
    },
    'the traces in the list',
    30,
  ).catch(() => browser.kit('list', name, opened));
  const roots = sent.spans.filter(({ parentId }) => parentId === undefined);
  tell(
    `${listed.traces.length} traces on ${listed.pages} pages`,
    roots.flatMap((root) => {
      const trace = listed.traces.find(({ id }) => id.endsWith(root.traceId));
      if (!trace) return [`${root.traceId} is not listed`];
      const isEqual =
        (server.isUnnamed || trace.name === root.name) &&
        Math.abs(trace.start - root.start) <= 1 &&
        Math.abs(trace.duration - (root.end - root.start)) <= 2;
      return isEqual ? [] : [`${root.name} is listed as ${JSON.stringify(trace)}`];
    }),
  );
  const got = [];
  for (const { id } of listed.traces.filter((trace) => ids.some((own) => trace.id.endsWith(own)))) {
    const trace = await browser.kit('trace', name, opened, id);
    got.push(...(trace?.spans ?? []));
  }
  tell('spans come back', compare(sent.spans, got, server));
  const missing = await browser.kit('trace', name, opened, 'f'.repeat(32)).then(
    (trace) => (trace ? ['there is one'] : []),
    ({ message }) => [message],
  );
  tell('a trace that is not there', missing);
}

const browser = await openBrowser();
const folder = await mkdtemp(path.join(tmpdir(), 'llm-trace-kit-servers-'));
try {
  for (const name of wanted.length ? wanted : NAMES) {
    const server = await import(`./servers/${name}.mjs`);
    console.log(`\n— ${server.title}`);
    let programs;
    try {
      programs = await server.install();
    } catch (error) {
      console.log(`- skipped: it cannot be had here. ${error.message}`);
      counts.skipped++;
      continue;
    }
    const place = path.join(folder, name);
    let running;
    try {
      running = await server.serve(programs, place);
      await thereAndBack(browser, name, server, running);
      await server.further?.({ browser, running, tell });
    } catch (error) {
      tell('works', [error.stack]);
    } finally {
      await running?.stop();
    }
  }
  for (const title of wanted.length ? [] : NOT_TO_BE_HAD) {
    console.log(`\n— ${title}\n- skipped: no package registry has its server.`);
    counts.skipped++;
  }
} finally {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
process.exitCode = counts.failed ? 1 : 0;
