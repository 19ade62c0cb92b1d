import { freePort, fromGo, start } from './processes.mjs';

const VERSION = 'v1.62.0';

export const title = `Jaeger ${VERSION}`;

export const install = () => fromGo('jaeger', 'github.com/jaegertracing/jaeger', 'cmd/all-in-one', VERSION);

export async function serve(program, folder) {
  const ports = {};
  for (const name of [
    'otlp',
    'grpc',
    'query',
    'queryGrpc',
    'http',
    'collectorGrpc',
    'admin',
    'agent',
    'compact',
    'binary',
    'sampling',
  ])
    ports[name] = await freePort();
  const stop = await start(
    program,
    [
      `--collector.otlp.http.host-port=127.0.0.1:${ports.otlp}`,
      `--collector.otlp.grpc.host-port=127.0.0.1:${ports.grpc}`,
      `--query.http-server.host-port=127.0.0.1:${ports.query}`,
      `--query.grpc-server.host-port=127.0.0.1:${ports.queryGrpc}`,
      `--collector.http-server.host-port=127.0.0.1:${ports.http}`,
      `--collector.grpc-server.host-port=127.0.0.1:${ports.collectorGrpc}`,
      `--admin.http.host-port=127.0.0.1:${ports.admin}`,
      `--processor.jaeger-compact.server-host-port=127.0.0.1:${ports.compact}`,
      `--processor.jaeger-binary.server-host-port=127.0.0.1:${ports.binary}`,
      `--processor.zipkin-compact.server-host-port=127.0.0.1:${ports.agent}`,
      `--http-server.host-port=127.0.0.1:${ports.sampling}`,
    ],
    { folder, ready: `http://127.0.0.1:${ports.query}/api/services` },
  );
  return { stop, otlp: { port: ports.otlp, path: '/v1/traces' }, source: { port: ports.query } };
}

/** Milliseconds that times may be off: Jaeger counts microseconds, of a start and of a duration. */
export const precision = 0.002;

export const lost = { attributes: 'it adds its own', parameters: 'a list is its JSON text' };
