import type { SourceOptions, TraceSource } from './source.js';

/** A backend that traces can be read from. */
export interface SourceEntry {
  readonly name: string;
  readonly title: string;
  /** An address that it has by itself. */
  readonly address: string;
  /** What its own options name, beside those of all sources: a project, an experiment. */
  readonly place?: 'project' | 'projectId' | 'experiment' | 'database' | undefined;
  /** Loads the source and gives one for an address. */
  open(options: SourceOptions & { place?: string | undefined }): Promise<TraceSource>;
}

/** Every backend, in the order in which people are asked. Its code is loaded when it is opened. */
export const sources: readonly SourceEntry[] = [
  {
    name: 'jaeger',
    title: 'Jaeger',
    address: 'http://localhost:16686',
    open: async (options) => (await import('./jaeger.js')).jaegerSource(options),
  },
  {
    name: 'tempo',
    title: 'Grafana Tempo',
    address: 'http://localhost:3200',
    open: async (options) => (await import('./tempo.js')).tempoSource(options),
  },
  {
    name: 'zipkin',
    title: 'Zipkin',
    address: 'http://localhost:9411',
    open: async (options) => (await import('./zipkin.js')).zipkinSource(options),
  },
  {
    name: 'phoenix',
    title: 'Arize Phoenix',
    address: 'http://localhost:6006',
    place: 'project',
    open: async ({ place, ...options }) => (await import('./phoenix.js')).phoenixSource({ ...options, project: place }),
  },
  {
    name: 'mlflow',
    title: 'MLflow',
    address: 'http://localhost:5000',
    place: 'experiment',
    open: async ({ place, ...options }) =>
      (await import('./mlflow.js')).mlflowSource({ ...options, ...(place && { experiments: [place] }) }),
  },
  {
    name: 'langfuse',
    title: 'Langfuse',
    address: 'https://cloud.langfuse.com',
    open: async (options) => (await import('./langfuse.js')).langfuseSource(options),
  },
  {
    name: 'langsmith',
    title: 'LangSmith',
    address: 'https://api.smith.langchain.com',
    place: 'projectId',
    open: async ({ place = '', ...options }) =>
      (await import('./langsmith.js')).langSmithSource({ ...options, projectId: place }),
  },
  {
    name: 'opik',
    title: 'Opik',
    address: 'http://localhost:5173/api',
    place: 'project',
    open: async ({ place, ...options }) => (await import('./opik.js')).opikSource({ ...options, project: place }),
  },
  {
    name: 'clickhouse',
    title: 'ClickHouse',
    address: 'http://localhost:8123',
    place: 'database',
    open: async ({ place, ...options }) =>
      (await import('./clickhouse.js')).clickHouseSource({ ...options, database: place }),
  },
  {
    name: 'address',
    title: 'OTLP',
    address: '/traces.jsonl',
    open: async (options) => (await import('./address.js')).addressSource(options),
  },
];
