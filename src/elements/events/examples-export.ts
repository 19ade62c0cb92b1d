import { LlmEvent } from './llm-event.js';

/** Examples of a dataset that a person wants to have. */
export interface ExamplesExport {
  /** The name of the shape that they are written in, as `toDataset` takes it. */
  readonly shape: string;
  /** How many there are: a span without an input makes none. */
  readonly count: number;
  /** The examples as JSON lines, without what the view masks. */
  readonly file: Blob;
}

/** A person exported the chosen spans. They are offered as a download, unless it is prevented. */
export class LlmExamplesExportEvent extends LlmEvent<ExamplesExport> {
  constructor(detail: ExamplesExport) {
    super('llm-examples-export', detail, { cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'llm-examples-export': LlmExamplesExportEvent;
  }
}
