import { freePort, fromPyPi, start } from './processes.mjs';

const VERSION = '3.17.2';

export const title = `MLflow ${VERSION}`;

export const install = () => fromPyPi(`mlflow-${VERSION}`, `mlflow==${VERSION}`);

export async function serve(programs, folder) {
  const port = await freePort();
  const stop = await start(
    `${programs}/mlflow`,
    [
      'server',
      '--host',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--backend-store-uri',
      `sqlite:///${folder}/mlflow.db`,
      '--workers',
      '1',
    ],
    {
      folder,
      ready: `http://127.0.0.1:${port}/health`,
      env: { MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true', PATH: `${programs}:${process.env.PATH}` },
    },
  );
  const headers = { 'x-mlflow-experiment-id': '0' };
  return { stop, otlp: { port, path: '/v1/traces', isProtobuf: true, headers }, source: { port } };
}

export const precision = 0.000_001;

/** Lists do not tell the name of a trace. */
export const isUnnamed = true;

export const lost = {
  traceId: 'it puts `tr-` before it',
  service: 'of the resource',
  cost: 'it works out its own',
  attributes: 'it adds its own',
};
