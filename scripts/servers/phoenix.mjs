import { freePort, fromPyPi, start } from './processes.mjs';

const VERSION = '20.26.1';

export const title = `Arize Phoenix ${VERSION}`;

export const install = () => fromPyPi(`phoenix-${VERSION}`, `arize-phoenix==${VERSION}`);

export async function serve(programs, folder) {
  const port = await freePort();
  const stop = await start(`${programs}/phoenix`, ['serve'], {
    folder,
    ready: `http://127.0.0.1:${port}/healthz`,
    env: {
      PHOENIX_HOST: '127.0.0.1',
      PHOENIX_PORT: `${port}`,
      PHOENIX_GRPC_PORT: `${await freePort()}`,
      PHOENIX_WORKING_DIR: folder,
      PHOENIX_TELEMETRY_ENABLED: 'false',
    },
  });
  return { stop, otlp: { port, path: '/v1/traces', isProtobuf: true, openInference: true }, source: { port } };
}

/** Milliseconds that times may be off: Phoenix counts microseconds. */
export const precision = 0.001;

export const lost = {
  service: 'of the resource',
  attributes: 'it adds its own',
  metadata: 'each value is an attribute',
};
