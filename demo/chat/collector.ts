import { otlpExporter, type OtlpExporter } from 'llm-trace-kit/export';
import { element, inputOf, on } from './page.js';

/** The form that sends spans to a collector. `use` is given what is to be told of them, or nothing. */
export function connectCollector(use: (exporter: OtlpExporter | undefined) => void): void {
  const form = element('collector-form');
  let exporter: OtlpExporter | undefined;

  // The server of the demo has a collector that takes everything.
  inputOf(form, 'url').value = new URL('/collector/chat/v1/traces', location.href).href;

  function showStatus(): void {
    const { stored, waiting, dropped, lastError } = exporter?.status ?? {};
    element('collector-status').textContent = exporter
      ? [`${stored} spans sent`, `${waiting} waiting`, dropped ? `${dropped} dropped` : '', lastError ?? '']
          .filter(Boolean)
          .join(', ')
      : 'nothing is sent';
  }
  setInterval(() => exporter && showStatus(), 500);

  async function sendTo(url: string | undefined): Promise<void> {
    const before = exporter;
    exporter = url === undefined ? undefined : otlpExporter({ url });
    use(exporter);
    element('collector-stop').hidden = !exporter;
    showStatus();
    await before?.close();
  }
  on('collector-form', 'submit', () => sendTo(inputOf(form, 'url').value));
  on('collector-stop', 'click', () => sendTo(undefined));
}
