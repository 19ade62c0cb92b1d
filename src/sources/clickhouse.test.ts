import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { recordedSpanOf } from '../export/index.js';
import type { RecordedSpan } from '../model/index.js';
import { backend, type BackendAnswer } from '../test/backend.js';
import { clickHouseSource, clickHouseSummaryTable } from './clickhouse.js';
import { TraceSourceError } from './source-error.js';
import type { TraceSource } from './source.js';

type Answers = Readonly<Record<string, { data: readonly unknown[][] }>>;

/** What a real engine answered (scripts/servers.mjs). */
const recorded = (await (await fetch('/src/test/recorded/clickhouse.json')).json()) as {
  sent: readonly RecordedSpan[];
  answers: Answers;
};

const answersOf = (...names: string[]): BackendAnswer[] =>
  names.map((name) => ({ path: '', body: recorded.answers[name] }));

/** A table of roots that answers as ClickHouse does, so far as a list asks. */
function tableOf(roots: readonly { id: string; at: bigint }[]): {
  source: TraceSource;
  restore(): void;
  most(): number;
} {
  const { fetch } = window;
  let most = 0;
  window.fetch = (input, init) => {
    const { searchParams } = new URL(input instanceof Request ? input.url : input);
    const of = (name: string): string => searchParams.get(`param_${name}`) ?? '';
    const sql = typeof init?.body === 'string' ? init.body : '';
    let data: unknown[][] = [];
    if (sql.includes('count())')) {
      const moments = roots.map(({ at }) => at).sort((one, other) => (one < other ? -1 : 1));
      data = [[String(roots.length), String(moments[0] ?? 0), String(moments.at(-1) ?? 0)]];
    } else if (sql.includes('LIMIT 1 BY TraceId')) {
      const isBefore = ({ id, at }: { id: string; at: bigint }): boolean =>
        !sql.includes('{at:') || at < BigInt(of('at')) || (at === BigInt(of('at')) && id < of('last'));
      data = roots
        .filter((root) => root.at >= BigInt(of('from')) && root.at < BigInt(of('until')) && isBefore(root))
        .sort((one, other) => (one.at === other.at ? (one.id < other.id ? 1 : -1) : one.at < other.at ? 1 : -1))
        .slice(0, Number(of('limit')))
        .map(({ id, at }) => [id, String(at), 'run', 1, false, false, '', '', '']);
    }
    most = Math.max(most, data.length);
    return Promise.resolve(Response.json({ data }));
  };
  return {
    source: clickHouseSource({ url: 'http://localhost:8123', pageSize: 3 }),
    restore: () => (window.fetch = fetch),
    most: () => most,
  };
}

describe('ClickHouse', () => {
  it('lists traces by their roots, the newest first, in pages', async () => {
    const { url, asked } = await backend(
      ...answersOf('extent', 'roots', 'details', 'extent', 'lastRoots', 'lastDetails'),
    );
    const source = clickHouseSource({ url, pageSize: 2 });
    const first = await source.list({});
    expect(first.traces).to.have.length(2);
    const [newest] = first.traces;
    expect(newest).to.include({ name: 'plan a trip', spanCount: 6, errorCount: 1, status: 'unset', userId: 'user-1' });
    expect(newest).to.deep.include({ usage: { input: 243, output: 61, total: 304 }, errorTypes: ['TypeError'] });
    expect(newest!.models?.map(({ model }) => model).sort()).to.deep.equal(['embed-3-small', 'gpt-4o-mini']);
    expect(newest!.cost).to.be.closeTo(0.00084, 1e-9);
    expect(newest!.preview).to.contain('Größe “日本”');
    const last = await source.list({}, { cursor: first.cursor });
    expect(last.traces).to.have.length(1);
    expect(last.cursor).to.equal(undefined);
    expect(new Set([...first.traces, ...last.traces].map(({ id }) => id)).size).to.equal(3);
    const [, roots, details] = await asked();
    // A browser asks for nothing before a request with a plain text.
    expect([roots!.method, roots!.headers['content-type']]).to.deep.equal(['POST', 'text/plain']);
    expect(new URLSearchParams(roots!.search).get('param_limit')).to.equal('2');
    expect(new URLSearchParams(details!.search).get('param_ids')).to.equal(
      `[${first.traces.map(({ id }) => `'${id}'`).join(',')}]`,
    );
  });

  it('gives a trace as it was sent', async () => {
    const { url } = await backend(...answersOf('spans', 'noSpans'));
    const source = clickHouseSource({ url });
    const trace = await source.trace(recorded.sent[0]!.traceId);
    const spans = Array.from(trace!.spans, recordedSpanOf);
    const byId = new Map(spans.map((span) => [span.id, span]));
    expect(spans).to.have.length(recorded.sent.length);
    for (const sent of recorded.sent) {
      const back = byId.get(sent.id)!;
      // Times in milliseconds since 1970 have lost their last bits before they were sent.
      for (const field of ['start', 'end'] as const) expect(back[field]).to.be.closeTo(sent[field]!, 0.001);
      for (const field of [
        'name',
        'kind',
        'parentId',
        'model',
        'usage',
        'status',
        'messages',
        'scores',
        'tags',
        'parameters',
      ] as const)
        expect(back[field], `${field} of ${sent.name}`).to.deep.equal(sent[field]);
    }
    expect(await source.trace('f'.repeat(32))).to.equal(undefined);
  });

  it('lets ClickHouse sum up', async () => {
    const { url, asked } = await backend(
      { path: '', asks: 'GROUPING SETS ((Bucket, Model)', body: recorded.answers['models'] },
      { path: '', asks: 'GROUPING SETS ((Bucket), ())', body: recorded.answers['figures'] },
      { path: '', asks: 'AS Type', body: recorded.answers['errors'] },
      { path: '', asks: 'toUnixTimestamp64Milli(min(Timestamp))', body: recorded.answers['range'] },
    );
    const metrics = await clickHouseSource({ url }).summarise!({ from: 1000 });
    expect(metrics).to.include({ count: 3, failed: 3, tokens: 912, errorRate: 1 });
    expect(metrics.cost).to.be.closeTo(0.00252, 1e-9);
    expect(metrics.timeToFirstToken).to.deep.include({ count: 6, sum: 75, p50: 12.5, max: 12.5 });
    expect(metrics.models.map(({ model, calls, tokens }) => [model, calls, tokens])).to.deep.equal([
      ['gpt-4o-mini', 6, 903],
      ['embed-3-small', 3, 9],
    ]);
    expect([...metrics.errorTypes]).to.deep.equal([['TypeError', 3]]);
    expect(metrics.buckets.map(({ count, end, start, models }) => [count, end - start, models.length])).to.deep.equal([
      [3, 1000, 2],
    ]);
    const questions = await asked();
    expect(questions.map(({ search }) => new URLSearchParams(search).get('param_from'))).to.deep.equal(
      questions.map(() => '1000000000'),
    );
  });

  it('says nothing of no traces', async () => {
    const { url, asked } = await backend({ path: '', body: { data: [[0, null, null]] } });
    const { count, buckets, duration } = await clickHouseSource({ url }).summarise!({});
    expect([count, buckets, duration]).to.deep.equal([0, [], undefined]);
    expect(await asked()).to.have.length(1);
  });

  it('makes no SQL of what is asked for', async () => {
    const sqlFor = async (text: string): Promise<[sql: string, values: (string | null)[]]> => {
      const { url, asked } = await backend(...answersOf('extent', 'roots', 'details'));
      await clickHouseSource({ url, pageSize: 2, table: text }).list({ name: text, model: text, userId: text });
      const [, roots] = await asked();
      const search = new URLSearchParams(roots!.search);
      return [roots!.body, ['table', 'name', 'model', 'userId'].map((name) => search.get(`param_${name}`))];
    };
    const [plain] = await sqlFor('words');
    const [sql, values] = await sqlFor("'; DROP TABLE x --\\\t\n");
    expect(sql).to.equal(plain);
    // As a field of tab-separated values, which is how ClickHouse reads them.
    expect(new Set(values)).to.deep.equal(new Set(["'; DROP TABLE x --\\\\\\t\\n"]));
    expect(clickHouseSummaryTable({ summaryTable: 'a`b' })[0]).to.contain('`default`.`a\\`b`');
  });

  it('says what ClickHouse says of a fault', async () => {
    const body = "Code: 60. DB::Exception: Unknown table expression identifier 'otel.otel_traces'. (UNKNOWN_TABLE)";
    const { url } = await backend({ path: '', status: 404, type: 'text/plain', body });
    const error: unknown = await clickHouseSource({ url, database: 'otel' })
      .list({})
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TraceSourceError);
    expect(error).to.include({ reason: 'not-found', status: 404, title: 'ClickHouse' });
    expect((error as Error).message).to.contain('Unknown table expression');
    const odd = await backend({ path: '', body: { data: 'none' } });
    expect(
      await clickHouseSource({ url: odd.url })
        .trace('1')
        .catch((error: unknown) => (error as TraceSourceError).reason),
    ).to.equal('unreadable');
  });

  it('lists each trace once and in order, whenever they began', async () => {
    // Seconds and nanoseconds apart, and several in one moment.
    const moments = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 0, max: 2 })), {
      maxLength: 25,
    });
    await fc.assert(
      fc.asyncProperty(moments, async (found) => {
        const roots = found.map(([seconds, nanos], place) => ({
          id: `trace-${place}`,
          at: BigInt(seconds % 7 === 0 ? 7 : seconds) * 1_000_000_000n + BigInt(nanos),
        }));
        const { source, restore, most } = tableOf(roots);
        try {
          const listed: string[] = [];
          let cursor: string | undefined;
          let pages = 0;
          do {
            const page = await source.list({}, { cursor });
            listed.push(...page.traces.map(({ id }) => id));
            ({ cursor } = page);
          } while (cursor !== undefined && ++pages < 100);
          const expected = [...roots].sort((one, other) =>
            one.at === other.at ? (one.id < other.id ? 1 : -1) : one.at < other.at ? 1 : -1,
          );
          expect(listed).to.deep.equal(expected.map(({ id }) => id));
          expect(most()).to.be.at.most(3);
        } finally {
          restore();
        }
      }),
      { numRuns: 40 },
    );
  });
});
