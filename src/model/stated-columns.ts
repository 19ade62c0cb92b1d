import type { SpanKind, SpanStatus } from './kinds.js';
import { CountColumn, NumberColumn } from './number-column.js';
import { SharedColumn } from './shared-column.js';
import type { SpanStatement } from './span-outline.js';
import { USAGE_FIELDS, type Usage } from './usage.js';

/** What spans state of themselves, a column a fact: row by row, in the order in which they came. */
export class StatedColumns {
  readonly names: string[] = [];
  readonly labels: (string | undefined)[] = [];
  readonly kinds: SpanKind[] = [];
  readonly statuses: SpanStatus[] = [];
  readonly statusMessages = new SharedColumn<string>();
  readonly services = new SharedColumn<string>();
  readonly models: (string | undefined)[] = [];
  readonly providers = new SharedColumn<string>();
  /** US dollars. */
  readonly costs = new NumberColumn();
  /** Milliseconds. */
  readonly timesToFirstToken = new NumberColumn();
  /** A column for each part, so that a figure takes a few bytes, and none where no span states it. */
  readonly usage = {
    input: new CountColumn(),
    output: new CountColumn(),
    total: new CountColumn(),
    cacheRead: new CountColumn(),
    cacheWrite: new CountColumn(),
    reasoning: new CountColumn(),
    audioInput: new CountColumn(),
    audioOutput: new CountColumn(),
  } satisfies Record<keyof Usage, CountColumn>;

  get length(): number {
    return this.names.length;
  }

  push(statement: SpanStatement): void {
    const row = this.names.length;
    this.names.push(statement.name);
    this.labels.push(statement.label);
    this.kinds.push(statement.kind);
    this.statuses.push(statement.status);
    this.models.push(statement.model);
    this.statusMessages.set(row, statement.statusMessage);
    this.services.set(row, statement.service);
    this.providers.set(row, statement.provider);
    const { usage, cost, timeToFirstToken } = statement;
    if (usage) this.#addUsage(row, usage);
    if (cost !== undefined) this.costs.set(row, cost);
    if (timeToFirstToken !== undefined) this.timesToFirstToken.set(row, timeToFirstToken);
  }

  /** What a row states of itself. */
  at(row: number): SpanStatement {
    return {
      name: this.names[row]!,
      label: this.labels[row],
      kind: this.kinds[row]!,
      status: this.statuses[row]!,
      statusMessage: this.statusMessages.at(row),
      service: this.services.at(row),
      model: this.models[row],
      provider: this.providers.at(row),
      usage: this.usageAt(row),
      cost: this.costs.at(row),
      timeToFirstToken: this.timesToFirstToken.at(row),
      sessionId: undefined,
      userId: undefined,
      tags: undefined,
      metadata: undefined,
    };
  }

  usageAt(row: number): Usage | undefined {
    let usage: Usage | undefined;
    for (const field of USAGE_FIELDS) {
      const tokens = this.usage[field].at(row);
      if (tokens !== undefined) (usage ??= {})[field] = tokens;
    }
    return usage;
  }

  setUsage(row: number, usage: Usage | undefined): void {
    for (const field of USAGE_FIELDS) {
      const tokens = usage?.[field];
      if (tokens !== undefined) this.usage[field].set(row, tokens);
      else if (this.usage[field].at(row) !== undefined) this.usage[field].set(row, NaN);
    }
  }

  /** A column that any row has a value in will have room for so many rows. */
  expect(rows: number): void {
    for (const column of this.#columns()) column.expect(rows);
  }

  /** Gives back what was taken for rows that did not come. */
  trim(length: number): void {
    for (const column of this.#columns()) column.trim(length);
  }

  #columns(): (CountColumn | NumberColumn | SharedColumn<string>)[] {
    const { statusMessages, services, providers, costs, timesToFirstToken, usage } = this;
    return [statusMessages, services, providers, costs, timesToFirstToken, ...Object.values(usage)];
  }

  /** By name: a key that varies is slow to look up, and this is done for every span. */
  #addUsage(row: number, usage: Usage): void {
    const { input, output, total } = usage;
    const { cacheRead, cacheWrite, reasoning, audioInput, audioOutput } = usage;
    const columns = this.usage;
    if (input !== undefined) columns.input.set(row, input);
    if (output !== undefined) columns.output.set(row, output);
    if (total !== undefined) columns.total.set(row, total);
    if (cacheRead !== undefined) columns.cacheRead.set(row, cacheRead);
    if (cacheWrite !== undefined) columns.cacheWrite.set(row, cacheWrite);
    if (reasoning !== undefined) columns.reasoning.set(row, reasoning);
    if (audioInput !== undefined) columns.audioInput.set(row, audioInput);
    if (audioOutput !== undefined) columns.audioOutput.set(row, audioOutput);
  }
}
