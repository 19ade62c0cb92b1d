// The vendors in the order in which they are recorded: the packages that they are recorded from, the environment that
// their SDK reads, and what is in each file.

const collectorURL = 'http://localhost:4011';

export const vendors = [
  {
    name: 'langsmith',
    vendor: 'LangSmith',
    packages: ['langsmith', 'openai'],
    environment: {
      LANGSMITH_TRACING: 'true',
      LANGSMITH_ENDPOINT: collectorURL,
      LANGSMITH_API_KEY: 'sk-local',
      LANGSMITH_PROJECT: 'support',
    },
    files: {
      'langsmith.jsonl': 'bodies of POST /runs/batch ({post, patch}), then of POST /feedback',
    },
  },
  {
    name: 'langsmith-langgraph',
    vendor: 'LangSmith',
    packages: ['@langchain/langgraph', '@langchain/core', 'langsmith'],
    environment: {
      LANGSMITH_TRACING: 'true',
      LANGSMITH_ENDPOINT: collectorURL,
      LANGSMITH_API_KEY: 'sk-local',
      LANGSMITH_PROJECT: 'support',
    },
    files: {
      'langsmith-langgraph.jsonl':
        'bodies of POST /runs/batch for a LangGraph graph (messages as LangChain writes them)',
    },
  },
  {
    name: 'langchain',
    vendor: 'LangChain, LangGraph',
    packages: ['@langchain/langgraph', '@langchain/core', '@langchain/openai'],
    environment: { LANGSMITH_TRACING: 'false' },
    files: {
      'langchain-events.json': 'the events of streamEvents, version v2',
      'langgraph-stream.json': 'the [mode, payload] tuples of stream with six modes',
    },
  },
  {
    name: 'openai-agents',
    vendor: 'OpenAI Agents SDK',
    packages: ['@openai/agents'],
    environment: { OPENAI_AGENTS_DISABLE_TRACING: '0' },
    files: { 'openai-agents.jsonl': 'bodies of POST /v1/traces/ingest' },
  },
  {
    name: 'langfuse',
    vendor: 'Langfuse',
    packages: ['@langfuse/tracing', '@langfuse/otel', '@langfuse/openai', '@langfuse/client'],
    environment: {
      LANGFUSE_BASE_URL: collectorURL,
      LANGFUSE_PUBLIC_KEY: 'sk-local',
      LANGFUSE_SECRET_KEY: 'sk-local',
      LANGFUSE_TRACING_ENVIRONMENT: 'samples',
    },
    files: {
      'langfuse-otlp.jsonl': 'bodies of POST /api/public/otel/v1/traces (OTLP JSON), then the batch with the score',
    },
  },
  {
    name: 'langfuse-ingestion',
    vendor: 'Langfuse',
    packages: ['langfuse'],
    environment: {},
    files: { 'langfuse-ingestion.jsonl': 'bodies of POST /api/public/ingestion' },
  },
  {
    name: 'opik',
    vendor: 'Opik',
    packages: ['opik', 'opik-openai'],
    environment: { OPIK_LOG_LEVEL: 'ERROR' },
    files: { 'opik.jsonl': 'bodies of POST /traces/batch, POST /spans/batch and PUT /traces/feedback-scores' },
  },
  {
    name: 'braintrust',
    vendor: 'Braintrust',
    packages: ['braintrust', 'openai'],
    environment: { BRAINTRUST_API_KEY: 'sk-local', BRAINTRUST_APP_URL: collectorURL },
    files: { 'braintrust.jsonl': 'rows of the bodies of POST /logs3, in the order in which they were sent' },
  },
  {
    name: 'weave',
    vendor: 'W&B Weave',
    packages: ['weave', 'openai'],
    environment: {
      WANDB_API_KEY: 'sk-local',
      WANDB_BASE_URL: collectorURL,
      WF_TRACE_SERVER_URL: collectorURL,
      WEAVE_PRINT_CALL_LINK: 'false',
    },
    files: { 'weave.jsonl': 'bodies of POST /call/upsert_batch' },
  },
  {
    name: 'helicone',
    vendor: 'Helicone',
    packages: ['@helicone/helpers'],
    environment: {},
    files: { 'helicone.jsonl': 'bodies of POST /custom/v1/log' },
  },
  {
    name: 'datadog',
    vendor: 'Datadog',
    packages: ['dd-trace', 'openai'],
    environment: {
      DD_TRACE_AGENT_URL: collectorURL,
      DD_LLMOBS_ENABLED: '1',
      DD_LLMOBS_AGENTLESS_ENABLED: '0',
      DD_LLMOBS_ML_APP: 'support',
      DD_SERVICE: 'support',
      DD_ENV: 'samples',
      DD_VERSION: '2.4.1',
      DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
      DD_REMOTE_CONFIGURATION_ENABLED: 'false',
      DD_TRACE_GIT_METADATA_ENABLED: 'false',
      DD_TRACE_REPORT_HOSTNAME: 'false',
      DD_EXPERIMENTAL_PROPAGATE_PROCESS_TAGS_ENABLED: 'false',
    },
    files: {
      'datadog-llmobs.jsonl': 'bodies of POST /evp_proxy/v2/api/v2/llmobs, then of the evaluation metrics',
      'datadog-apm.jsonl': 'bodies of PUT /v0.4/traces (MessagePack), as JSON',
    },
  },
  {
    name: 'honeyhive',
    vendor: 'HoneyHive',
    packages: ['honeyhive'],
    environment: { HONEYHIVE_TELEMETRY: 'false' },
    files: { 'honeyhive.jsonl': 'bodies of POST /session/start, POST /events/batch and PUT /events' },
  },
  {
    name: 'mastra',
    vendor: 'Mastra',
    packages: ['@mastra/core', '@mastra/observability'],
    environment: { MASTRA_TELEMETRY_DISABLED: '1' },
    files: { 'mastra.jsonl': 'bodies of POST /ai/spans/publish, then of POST /ai/scores/publish' },
  },
];
