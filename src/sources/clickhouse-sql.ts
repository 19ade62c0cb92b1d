import type { TraceQuery } from './source.js';

/**
 * What a list and a summary need of a span, worked out of a row of the table of the collector's ClickHouse exporter
 * (open-telemetry/opentelemetry-collector-contrib, exporter/clickhouseexporter). Names of attributes are those of
 * OpenTelemetry's GenAI conventions and of OpenInference, the newer ones first. A span counts as a call of a model where it
 * says that it is one: a span around it that repeats its figures says something else.
 */
const COLUMNS: readonly (readonly [name: string, sql: string])[] = [
  ['Timestamp', 'Timestamp'],
  ['TraceId', 'TraceId'],
  ['IsRoot', "ParentSpanId = ''"],
  ['Name', 'SpanName'],
  ['Service', 'ServiceName'],
  ['Nanos', 'toInt64(Duration)'],
  ['Failed', "StatusCode IN ('Error', 'STATUS_CODE_ERROR')"],
  ['Succeeded', "StatusCode IN ('Ok', 'STATUS_CODE_OK')"],
  [
    'IsCall',
    `${attribute('gen_ai.operation.name')} IN ('chat', 'text_completion', 'generate_content', 'embeddings', 'rerank')
      OR ${attribute('openinference.span.kind')} IN ('LLM', 'EMBEDDING', 'RERANKER')`,
  ],
  [
    'Model',
    attribute(
      'gen_ai.response.model',
      'gen_ai.request.model',
      'llm.response.model_name',
      'llm.model_name',
      'embedding.model_name',
      'reranker.model_name',
    ),
  ],
  ['Input', number('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens', 'llm.token_count.prompt')],
  ['Output', number('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens', 'llm.token_count.completion')],
  ['Total', number('gen_ai.usage.total_tokens', 'llm.token_count.total')],
  ['Cost', number('gen_ai.usage.cost', 'llm.cost.total')],
  ['Wait', `1000 * ${number('gen_ai.response.time_to_first_chunk', 'gen_ai.server.time_to_first_token')}`],
  ['SessionId', attribute('gen_ai.conversation.id', 'session.id')],
  ['UserId', attribute('user.id', 'enduser.id')],
  ['ErrorType', `if(Failed, ${attribute('error.type')}, '')`],
  ['Preview', `if(IsRoot, leftUTF8(${attribute('input.value', 'gen_ai.retrieval.query.text')}, 500), '')`],
];

function attribute(...names: string[]): string {
  const values = names.map((name) => `nullIf(SpanAttributes['${name}'], '')`);
  return `coalesce(${values.join(', ')}, '')`;
}

function number(...names: string[]): string {
  return `coalesce(${names.map((name) => `toFloat64OrNull(SpanAttributes['${name}'])`).join(', ')})`;
}

/** Tokens of a call. */
const TOKENS = 'coalesce(Total, Input + Output, Input, Output)';

/** What stands for names of tables, and for values: ClickHouse puts them in, so that no text becomes SQL. */
export type SqlParameters = Map<string, string>;

/** Tables that are read. */
export interface Tables {
  readonly database: string;
  readonly table: string;
  /** The one that knows when each trace was; empty where there is none. */
  readonly times: string;
  /** The one that `summaryTable` made; empty where there is none. */
  readonly summary: string;
}

export const tableParameters = ({ database, table, times, summary }: Tables): SqlParameters =>
  new Map([
    ['database', database],
    ['table', table],
    ['times', times],
    ['summary', summary],
  ]);

const TABLE = '{database:Identifier}.{table:Identifier}';
const TIMES = '{database:Identifier}.{times:Identifier}';
const SUMMARY = '{database:Identifier}.{summary:Identifier}';

const worked = (table: string): string =>
  `SELECT ${COLUMNS.map(([name, sql]) => (name === sql ? name : `${sql} AS ${name}`)).join(', ')} FROM ${table}`;

const rowsOf = ({ summary }: Tables): string => (summary ? SUMMARY : `(${worked(TABLE)})`);

/** A name as SQL: definitions take no parameters. */
const quoted = (name: string): string => `\`${name.replace(/[\\`]/g, '\\$&')}\``;

/** The SQL that makes the narrow table (`clickHouseSummaryTable`). */
export const summaryStatements = ({ database, table, summary }: Tables): readonly string[] => [
  `CREATE TABLE IF NOT EXISTS ${quoted(database)}.${quoted(summary)} (
    Timestamp DateTime64(9) CODEC(Delta, ZSTD(1)), TraceId String CODEC(ZSTD(1)), IsRoot Bool,
    Name LowCardinality(String), Service LowCardinality(String), Nanos Int64 CODEC(ZSTD(1)), Failed Bool, Succeeded Bool,
    IsCall Bool, Model LowCardinality(String), Input Nullable(Float64), Output Nullable(Float64),
    Total Nullable(Float64), Cost Nullable(Float64), Wait Nullable(Float64), SessionId String CODEC(ZSTD(1)),
    UserId String CODEC(ZSTD(1)), ErrorType LowCardinality(String), Preview String CODEC(ZSTD(1)),
    INDEX ids TraceId TYPE bloom_filter(0.001) GRANULARITY 1
  ) ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY Timestamp`,
  `CREATE MATERIALIZED VIEW IF NOT EXISTS ${quoted(database)}.${quoted(`${summary}_mv`)}
  TO ${quoted(database)}.${quoted(summary)} AS ${worked(`${quoted(database)}.${quoted(table)}`)}`,
];

/** How many rows there are, and from when to when: ClickHouse knows without reading them. */
export const extentSql = (tables: Tables): string =>
  `SELECT toString(count()), toString(toUnixTimestamp64Nano(min(Timestamp))), toString(toUnixTimestamp64Nano(max(Timestamp)))
  FROM ${tables.summary ? SUMMARY : TABLE} FORMAT JSONCompact`;

const WITHIN = `Timestamp >= fromUnixTimestamp64Nano({from:Int64}) AND Timestamp < fromUnixTimestamp64Nano({until:Int64})`;

/** Fields of a query that the root is asked about, and those that any span of the trace may answer. */
const OF_ROOT: readonly (readonly [field: keyof TraceQuery, sql: string])[] = [
  ['name', 'positionCaseInsensitiveUTF8(Name, {name:String}) > 0'],
  ['minDuration', 'Nanos >= {minDuration:Float64} * 1e6'],
  ['maxDuration', 'Nanos <= {maxDuration:Float64} * 1e6'],
];
const OF_ANY: readonly (readonly [field: keyof TraceQuery, sql: string])[] = [
  ['status', 'Failed'],
  ['model', 'Model = {model:String}'],
  ['service', 'Service = {service:String}'],
  ['sessionId', 'SessionId = {sessionId:String}'],
  ['userId', 'UserId = {userId:String}'],
];

export const FILTERS: ReadonlySet<keyof TraceQuery> = new Set([
  'from',
  'to',
  ...[...OF_ROOT, ...OF_ANY].map(([field]) => field),
]);

/** What a root has to be like, as conditions; their values go into the parameters. */
function conditions(query: TraceQuery, tables: Tables, parameters: SqlParameters): string[] {
  const asked = [...OF_ROOT, ...OF_ANY].filter(([field]) => query[field] !== undefined);
  for (const [field] of asked) parameters.set(field, String(query[field]));
  const ofAny = new Set(OF_ANY);
  return [
    ...asked.map((known) =>
      ofAny.has(known)
        ? `TraceId IN (SELECT TraceId FROM ${rowsOf(tables)} WHERE ${WITHIN} AND ${known[1]})`
        : known[1],
    ),
  ];
}

const START = 'toString(toUnixTimestamp64Nano(Timestamp))';

/** The newest roots that a query asks for; those before the one that the parameters name, where `isNext`. */
export function rootsSql(query: TraceQuery, tables: Tables, parameters: SqlParameters, isNext: boolean): string {
  const where = [
    'IsRoot',
    WITHIN,
    ...(isNext ? ['(Timestamp, TraceId) < (fromUnixTimestamp64Nano({at:Int64}), {last:String})'] : []),
    ...conditions(query, tables, parameters),
  ];
  return `SELECT TraceId, ${START}, Name, Nanos / 1e6, Failed, Succeeded, SessionId, UserId, Preview FROM ${rowsOf(tables)}
  WHERE ${where.join(' AND ')} ORDER BY Timestamp DESC, TraceId DESC LIMIT 1 BY TraceId LIMIT {limit:UInt32}
  FORMAT JSONCompact`;
}

/**
 * Keeps ClickHouse from looking through all days for a few traces. Moments are made as exact as the column: with one of whole
 * seconds, ClickHouse 26 leaves out parts that hold rows.
 */
const nearby = (tables: Tables, which: string): string =>
  tables.times
    ? `AND Timestamp >= (SELECT toDateTime64(min(Start), 9) FROM ${TIMES} WHERE ${which})
      AND Timestamp < (SELECT toDateTime64(max(End) + INTERVAL 1 SECOND, 9) FROM ${TIMES} WHERE ${which})`
    : '';

const sumOfCalls = (what: string): string => `sumIf(${what}, IsCall AND isNotNull(${what}))`;
const orNull = (what: string): string => `if(countIf(IsCall AND isNotNull(${what})) = 0, NULL, ${sumOfCalls(what)})`;

/** What the spans of a few traces come to. */
export const detailsSql = (tables: Tables): string =>
  `SELECT TraceId, toString(min(toUnixTimestamp64Nano(Timestamp))),
    (max(toUnixTimestamp64Nano(Timestamp) + Nanos) - min(toUnixTimestamp64Nano(Timestamp))) / 1e6,
    toFloat64(count()), toFloat64(countIf(Failed)),
    ${orNull('Input')}, ${orNull('Output')}, ${orNull(TOKENS)}, ${orNull('Cost')},
    anyIf(SessionId, SessionId != ''), anyIf(UserId, UserId != ''),
    groupUniqArrayIf(20)(toString(Model), IsCall AND Model != ''),
    groupUniqArrayIf(8)(toString(ErrorType), ErrorType != '')
  FROM ${rowsOf(tables)} WHERE TraceId IN {ids:Array(String)} ${nearby(tables, 'TraceId IN {ids:Array(String)}')}
  GROUP BY TraceId FORMAT JSONCompact`;

/** The next spans of a trace, in the order of their start. Names and values of attributes are lists: names may repeat. */
export const spansSql = (tables: Tables, isNext: boolean): string =>
  `SELECT toString(toUnixTimestamp64Nano(Timestamp)), TraceId, SpanId, ParentSpanId, TraceState, SpanName, SpanKind,
    mapKeys(ResourceAttributes), mapValues(ResourceAttributes), ScopeName, ScopeVersion,
    mapKeys(SpanAttributes), mapValues(SpanAttributes), toString(Duration), StatusCode, StatusMessage,
    arrayMap(time -> toString(toUnixTimestamp64Nano(time)), Events.Timestamp), Events.Name,
    arrayMap(map -> mapKeys(map), Events.Attributes), arrayMap(map -> mapValues(map), Events.Attributes),
    Links.TraceId, Links.SpanId, arrayMap(map -> mapKeys(map), Links.Attributes), arrayMap(map -> mapValues(map), Links.Attributes)
  FROM ${TABLE} WHERE TraceId = {id:String} ${nearby(tables, 'TraceId = {id:String}')}
    ${isNext ? 'AND (Timestamp, SpanId) > (fromUnixTimestamp64Nano({at:Int64}), {last:String})' : ''}
  ORDER BY Timestamp, SpanId LIMIT {limit:UInt32} FORMAT JSONCompact`;

/** What is worked out of all traces, and of each stretch of time (`figuresOf` reads it). */
const FIGURES = `toFloat64(countIf(IsRoot)), sumIf(Nanos, IsRoot) / 1e6,
  quantilesTDigestIf(0.5, 0.95, 0.99)(Nanos / 1e6, IsRoot), maxIf(Nanos, IsRoot) / 1e6,
  toFloat64(countIf(IsCall AND isNotNull(Wait))), ${sumOfCalls('Wait')},
  quantilesTDigestIf(0.5, 0.95, 0.99)(assumeNotNull(Wait), IsCall AND isNotNull(Wait)), maxIf(Wait, IsCall),
  toFloat64(uniqExactIf(TraceId, Failed)), ${orNull(TOKENS)}, ${orNull('Cost')}`;

/** Spans of the traces that a query asks for. Without a question, those are all of the time. */
function chosen(query: TraceQuery, tables: Tables, parameters: SqlParameters): string {
  const asked = conditions(query, tables, parameters);
  if (asked.length === 0) return WITHIN;
  const roots = `SELECT TraceId FROM ${rowsOf(tables)} WHERE IsRoot AND ${WITHIN} AND ${asked.join(' AND ')}`;
  return `${WITHIN} AND TraceId IN (${roots})`;
}

/** When the first and the last trace began that a query asks for. */
export const rangeSql = (query: TraceQuery, tables: Tables, parameters: SqlParameters): string => {
  const where = ['IsRoot', WITHIN, ...conditions(query, tables, parameters)];
  return `SELECT toFloat64(count()), toFloat64(toUnixTimestamp64Milli(min(Timestamp))), toFloat64(toUnixTimestamp64Milli(max(Timestamp)))
  FROM ${rowsOf(tables)} WHERE ${where.join(' AND ')} FORMAT JSONCompact`;
};

const BUCKET = 'toFloat64(intDiv(toUnixTimestamp64Milli(Timestamp), {length:Int64}))';

/** Figures of each stretch of time; the first row has those of all traces, and no time. */
export const figuresSql = (query: TraceQuery, tables: Tables, parameters: SqlParameters): string =>
  `SELECT if(grouping(Bucket) = 1, NULL, Bucket) AS Of, ${FIGURES}
  FROM (SELECT *, ${BUCKET} AS Bucket FROM ${rowsOf(tables)} WHERE ${chosen(query, tables, parameters)})
  GROUP BY GROUPING SETS ((Bucket), ()) ORDER BY Of NULLS FIRST LIMIT {rows:UInt32} FORMAT JSONCompact`;

/** Calls of each model in each stretch of time, and in all of it, where the time is absent. */
export const modelsSql = (query: TraceQuery, tables: Tables, parameters: SqlParameters): string =>
  `SELECT if(grouping(Bucket) = 1, NULL, Bucket) AS Of, toString(Model), toFloat64(count()), ${orNull(TOKENS)} AS Tokens, ${orNull('Cost')} AS Dollars
  FROM (SELECT *, ${BUCKET} AS Bucket FROM ${rowsOf(tables)} WHERE IsCall AND Model != '' AND ${chosen(query, tables, parameters)})
  GROUP BY GROUPING SETS ((Bucket, Model), (Model))
  ORDER BY Of NULLS FIRST, Dollars DESC NULLS LAST, Tokens DESC NULLS LAST LIMIT {models:UInt32} BY Of LIMIT {rows:UInt32}
  FORMAT JSONCompact`;

/** In how many traces each kind of error occurred. */
export const errorsSql = (query: TraceQuery, tables: Tables, parameters: SqlParameters): string =>
  `SELECT toString(ErrorType) AS Type, toFloat64(uniqExact(TraceId)) AS Traces FROM ${rowsOf(tables)}
  WHERE Failed AND ErrorType != '' AND ${chosen(query, tables, parameters)} GROUP BY Type ORDER BY Traces DESC
  LIMIT {rows:UInt32} FORMAT JSONCompact`;
