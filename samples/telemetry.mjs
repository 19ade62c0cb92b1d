import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

// Starts OpenTelemetry and returns a function that gives the spans ended since. The resource names the service and
// the SDK only: no detector of hosts or processes runs, as these would tell of the machine that made the recording.
export function startTelemetry(serviceName) {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes({ 'service.name': serviceName })),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  provider.register();
  return async () => {
    await provider.forceFlush();
    return exporter.getFinishedSpans();
  };
}
