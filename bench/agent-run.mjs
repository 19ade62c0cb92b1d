// The spans of an agent at work, as OTLP: agents hand parts of their work to others, ask models, call tools, and search.
//
// The same options give the same spans. A span is handed over when it ends, so children come before their parents, as an
// exporter writes them. The first eight digits of a span's id count the spans in the order in which they begin, which is the
// order in which a tree shows them: whoever looks at a page can tell whether it shows the right ones.

/** What every span starts from, in nanoseconds since the epoch. */
const EPOCH = 1_790_000_000_000_000_000n;
const DEEPEST = 8;

const MODELS = [
  ['gpt-4.1', 'openai'],
  ['claude-sonnet-4-5', 'anthropic'],
  ['gemini-2.5-flash', 'gcp.gemini'],
  ['mistral-large-latest', 'mistral_ai'],
];
const AGENTS = ['coordinator', 'analyst', 'writer', 'tester', 'librarian', 'accountant'];
const TOOLS = ['find_order', 'read_file', 'run_query', 'open_page', 'send_message', 'book_room', 'execute_code'];
const CALLS = ['POST /v1/search', 'SELECT orders', 'GET /inventory', 'cache lookup'];
const WORDS =
  `an agent reads the question and plans its next step before it calls a tool with arguments that it takes from
the answer so far; results come back as JSON {"id": 7, "state": "open"} or as prose, now and then with names like Zoë, 東京
or Αθήνα and a sign such as 🙂 — then it compares, drops what does not fit, and writes a summary with figures, links to
https://example.com/page?id=7 and a list of what is left to do`.split(/\s+/);

/** Numbers from 0 to 1 that look random and are the same for the same seed (sfc32). */
function randomNumbers(seed) {
  let [a, b, c, counter] = [seed, 0x9e3779b9, 0x243f6a88, 1];
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
}

const text = (key, stringValue) => ({ key, value: { stringValue } });
const whole = (key, value) => ({ key, value: { intValue: String(value) } });
const fraction = (key, doubleValue) => ({ key, value: { doubleValue } });
const json = (key, value) => text(key, JSON.stringify(value));

/**
 * What a span of an id is numbered.
 *
 * @param {string} spanId
 */
export const ordinalOf = (spanId) => parseInt(spanId.slice(0, 8), 16);

/** What stands in the question of a model's span, so that it can be found on a page. */
export const markOf = (ordinal) => `Question ${ordinal}.`;

export class AgentRun {
  #random;
  #emit;
  #payload;
  #left = 0;
  #begun = 0;
  /** Microseconds since the epoch of the trace. */
  #now = 0;
  #traceId;
  #prose;
  #largeText;
  /** Levels of the deepest span. */
  depth = 0;

  /**
   * @param {{ seed?: number, payload: 'full' | 'small' | 'tiny', largeText?: number }} options `full`: texts of some kilobytes;
   *   `small`: of a line; `tiny`: none. `largeText`: length of one answer that is much longer than the others.
   * @param {(span: object) => void} emit
   */
  constructor({ seed = 1, payload, largeText = 0 }, emit) {
    this.#random = randomNumbers(seed);
    this.#emit = emit;
    this.#payload = payload;
    this.#largeText = largeText;
    this.#traceId = this.#hex(4);
    const words = [];
    for (let at = 0; at < 12_000; at++) words.push(this.#one(WORDS));
    this.#prose = words.join(' ');
  }

  /** Agents that hand work on, of so many spans together. */
  agents(spans) {
    this.#left = spans;
    this.#agent(undefined, 0, spans);
  }

  /** So many spans below one root. */
  wide(children) {
    this.#left = children + 1;
    const root = { name: 'invoke_agent evaluation', kind: 'AGENT', attributes: () => [] };
    this.#span(undefined, 0, root, (id) => {
      for (let at = 0; at < children; at++) this.#leaf(id, 1, `evaluate answer ${at}`, 'EVALUATOR');
    });
  }

  /** Agents within agents, each with one call of a model. */
  deep(levels) {
    this.#left = levels * 2;
    const agent = (parent, depth) => {
      const span = { name: `invoke_agent level ${depth}`, kind: 'AGENT', attributes: () => [], most: 3 };
      this.#span(parent, depth, span, (id) => {
        this.#model(id, depth + 1);
        if (depth + 1 < levels) agent(id, depth + 1);
      });
    };
    agent(undefined, 0);
  }

  #between(least, most) {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  #one(list) {
    return list[Math.floor(this.#random() * list.length)];
  }

  #hex(groups) {
    let digits = '';
    for (let at = 0; at < groups; at++) {
      digits += Math.floor(this.#random() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    }
    return digits;
  }

  /** Words of about this length, where payloads are full; a line otherwise. */
  #words(least, most) {
    const length = this.#payload === 'full' ? this.#between(least, most) : this.#between(20, 110);
    const from = this.#between(0, this.#prose.length - length);
    // No half of a pair at either end.
    return this.#prose.slice(from, from + length).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  }

  /** Begins a span, does what is inside of it, ends it and hands it over. */
  #span(parentSpanId, depth, { name, kind, attributes, remote = false, most = 60 }, inside) {
    if (this.#left === 0) return;
    this.#left--;
    this.depth = Math.max(this.depth, depth + 1);
    const ordinal = ++this.#begun;
    const spanId = ordinal.toString(16).padStart(8, '0') + this.#hex(1);
    this.#now += this.#between(40, 1200);
    const start = this.#now;
    inside?.(spanId);
    this.#now += this.#between(most * 100, most * 1000);
    const isFault = depth > 0 && this.#random() < 0.02;
    const end = String(EPOCH + BigInt(this.#now) * 1000n);
    this.#emit({
      traceId: this.#traceId,
      spanId,
      ...(parentSpanId !== undefined && { parentSpanId }),
      name,
      kind: remote ? 3 : 1,
      startTimeUnixNano: String(EPOCH + BigInt(start) * 1000n),
      endTimeUnixNano: end,
      attributes: [text('openinference.span.kind', kind), ...attributes(ordinal)],
      status: isFault ? { code: 2, message: 'The service did not answer within 30 s.' } : { code: 1 },
      ...(isFault && { events: [this.#exception(end)] }),
    });
  }

  #exception(timeUnixNano) {
    const attributes = [text('exception.type', 'TimeoutError'), text('exception.message', 'no answer within 30 s')];
    const trace = `TimeoutError: no answer within 30 s\n${'    at step (agent.js:101:7)\n'.repeat(12)}`;
    if (this.#payload === 'full') attributes.push(text('exception.stacktrace', trace));
    return { timeUnixNano, name: 'exception', attributes };
  }

  /** An agent with so many spans: it hands them on to others, or works itself. */
  #agent(parent, depth, spans) {
    const name = this.#one(AGENTS);
    const leftAtEnd = this.#left - spans;
    const attributes = () => {
      const named = text('gen_ai.agent.name', name);
      if (this.#payload === 'tiny') return [named];
      return [
        text('gen_ai.operation.name', 'invoke_agent'),
        named,
        text('gen_ai.conversation.id', this.#traceId.slice(0, 8)),
        text('user.id', 'u-17'),
        text('input.value', this.#words(1000, 4000)),
        text('output.value', this.#words(1000, 3000)),
      ];
    };
    this.#span(parent, depth, { name: `invoke_agent ${name}`, kind: 'AGENT', attributes, most: 10 }, (id) => {
      if (depth < 5 && spans > 60) {
        const helpers = Math.min(12, Math.max(2, Math.round((spans / 40) ** (1 / (5 - depth)))));
        for (let at = 0; at < helpers && this.#left > leftAtEnd; at++) {
          if (this.#random() < 0.5) this.#model(id, depth + 1);
          const rest = this.#left - leftAtEnd;
          if (rest > 0) this.#agent(id, depth + 1, Math.max(1, Math.floor(rest / (helpers - at))));
        }
      }
      while (this.#left > leftAtEnd) this.#turn(id, depth + 1);
    });
  }

  /** A model is asked, and does what it asks for. */
  #turn(parent, depth) {
    if (this.#random() < 0.15) this.#leaf(parent, depth, 'check input', 'GUARDRAIL');
    this.#model(parent, depth);
    const tools = this.#between(0, 3);
    for (let at = 0; at < tools; at++) {
      if (this.#random() < 0.25) this.#search(parent, depth);
      else this.#tool(parent, depth);
    }
  }

  #model(parent, depth) {
    const [model, provider] = this.#one(MODELS);
    const input = this.#between(150, 9000);
    const output = this.#between(10, 1500);
    const attributes = (ordinal) => {
      if (this.#payload === 'tiny') return [whole('gen_ai.usage.output_tokens', output)];
      const known = [
        text('gen_ai.operation.name', 'chat'),
        text('gen_ai.provider.name', provider),
        text('gen_ai.request.model', model),
        whole('gen_ai.usage.input_tokens', input),
        whole('gen_ai.usage.output_tokens', output),
      ];
      const question = `${markOf(ordinal)} ${this.#words(1000, 6000)}`;
      const answer = this.#answer();
      if (this.#payload === 'small') return [...known, text('input.value', question), text('output.value', answer)];
      known.push(
        text('gen_ai.response.model', model),
        { key: 'gen_ai.response.finish_reasons', value: { arrayValue: { values: [{ stringValue: 'stop' }] } } },
        fraction('gen_ai.request.temperature', 0.2),
        whole('gen_ai.request.max_tokens', 4096),
      );
      const messages = [
        ['system', this.#words(800, 2000)],
        ['user', question],
      ];
      // Instrumentations write messages in one of two ways.
      return known.concat(
        this.#random() < 0.5
          ? openInference(messages, answer, { model, provider, input, output })
          : genAi(messages, answer),
      );
    };
    this.#span(parent, depth, { name: `chat ${model}`, kind: 'LLM', attributes, remote: true, most: 3000 });
  }

  #answer() {
    const length = this.#largeText;
    this.#largeText = 0;
    if (length === 0) return this.#words(800, 4000);
    return this.#prose.repeat(Math.ceil(length / this.#prose.length)).slice(0, length);
  }

  #tool(parent, depth) {
    const name = this.#one(TOOLS);
    const attributes = () => {
      if (this.#payload === 'tiny') return [text('gen_ai.tool.name', name)];
      return [
        text('gen_ai.operation.name', 'execute_tool'),
        text('gen_ai.tool.name', name),
        text('tool.name', name),
        json('tool.parameters', { query: this.#words(20, 150), limit: this.#between(1, 50) }),
        text('output.value', this.#words(1000, 3000)),
      ];
    };
    this.#span(parent, depth, { name: `execute_tool ${name}`, kind: 'TOOL', attributes, most: 500 }, (id) => {
      const choice = this.#random();
      if (depth >= DEEPEST) return;
      if (choice < 0.2) this.#search(id, depth + 1);
      else if (choice < 0.45) this.#leaf(id, depth + 1, this.#one(CALLS), 'CHAIN');
      else if (choice < 0.55 && depth < DEEPEST - 2) this.#turn(id, depth + 1);
    });
  }

  #search(parent, depth) {
    const attributes = () => {
      if (this.#payload === 'tiny') return [];
      const found = [text('input.value', this.#words(30, 200))];
      const documents = this.#payload === 'full' ? this.#between(2, 5) : 1;
      for (let at = 0; at < documents; at++) {
        const document = `retrieval.documents.${at}.document`;
        found.push(
          text(`${document}.id`, `page-${this.#between(1, 9999)}`),
          text(`${document}.content`, this.#words(500, 1800)),
          fraction(`${document}.score`, 0.9 - at / 16),
        );
      }
      return found;
    };
    this.#span(parent, depth, { name: 'retrieve handbook', kind: 'RETRIEVER', attributes, remote: true }, (id) => {
      if (depth >= DEEPEST) return;
      this.#leaf(id, depth + 1, 'embeddings text-embedding-3-small', 'EMBEDDING');
      if (this.#random() < 0.4) this.#leaf(id, depth + 1, 'rerank', 'RERANKER');
    });
  }

  #leaf(parent, depth, name, kind) {
    const attributes = () =>
      this.#payload === 'tiny'
        ? []
        : [text('input.value', this.#words(40, 400)), text('output.value', this.#words(40, 400))];
    this.#span(parent, depth, { name, kind, attributes });
  }
}

function openInference(messages, answer, { model, provider, input, output }) {
  const attributes = [
    text('llm.model_name', model),
    text('llm.provider', provider),
    json('llm.invocation_parameters', { temperature: 0.2, max_tokens: 4096 }),
    whole('llm.token_count.prompt', input),
    whole('llm.token_count.completion', output),
    whole('llm.token_count.total', input + output),
  ];
  for (const [at, [role, content]] of messages.entries()) {
    attributes.push(
      text(`llm.input_messages.${at}.message.role`, role),
      text(`llm.input_messages.${at}.message.content`, content),
    );
  }
  attributes.push(
    text('llm.output_messages.0.message.role', 'assistant'),
    text('llm.output_messages.0.message.content', answer),
  );
  return attributes;
}

function genAi(messages, answer) {
  const message = (role, content) => ({ role, parts: [{ type: 'text', content }] });
  return [
    json(
      'gen_ai.input.messages',
      messages.map(([role, content]) => message(role, content)),
    ),
    json('gen_ai.output.messages', [{ ...message('assistant', answer), finish_reason: 'stop' }]),
  ];
}
