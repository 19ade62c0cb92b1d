import { expect } from '@open-wc/testing';
import { furtherOutlines } from '../../conventions/outlines.js';
import { otlpDocument, otlpSpan } from '../../test/otlp-builder.js';
import { readOutlines } from '../read-traces.js';

/** What is loaded once is there: these are one story. */
describe('Vocabularies that OTLP meets', () => {
  it('are not loaded for a name where the span states its kind', async () => {
    for (const attributes of [{ 'gen_ai.operation.name': 'execute_tool' }, { 'openinference.span.kind': 'TOOL' }]) {
      const table = await readOutlines(otlpDocument(otlpSpan({ name: 'execute_tool look_up', attributes })));
      expect(table.kindAt(0)).to.equal('tool');
    }
    expect(furtherOutlines.isThere).to.equal(false);
  });

  it('are loaded before the rows where nothing but the name tells', async () => {
    const table = await readOutlines(otlpDocument(otlpSpan({ name: 'execute_tool look_up' })));
    expect(furtherOutlines.isThere).to.equal(true);
    expect(table.kindAt(0)).to.equal('tool');
  });
});
