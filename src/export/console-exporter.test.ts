import { expect } from '@open-wc/testing';
import { createTracer, type SpanSink } from '../tracer/index.js';
import { consoleExporter } from './console-exporter.js';

describe('consoleExporter', () => {
  it('writes a line a span, and warns of failed ones', async () => {
    const lines: [string, ...unknown[]][] = [];
    const exporter = consoleExporter({
      console: { debug: (...line) => lines.push(['debug', ...line]), warn: (...line) => lines.push(['warn', ...line]) },
    }) satisfies SpanSink;
    const tracer = createTracer({ exporters: [exporter] });
    tracer.start('100 %s', { kind: 'llm', model: 'm' }).end();
    tracer.start('broken').recordException(new Error('no luck')).end();
    expect(lines.map(([level]) => level)).to.deep.equal(['debug', 'warn']);
    expect(lines[0]!.slice(1, 3).join(' ')).to.match(/^%s \[llm\] 100 %s \(\d+ ms, m\)$/);
    expect(lines[1]![2]).to.match(/no luck/);
    expect(lines[1]![3]).to.have.property('name', 'broken');
    expect(await exporter.flush()).to.deep.equal({ stored: 2, dropped: 0 });
  });
});
