// What pages with a trace have: the elements, the sample traces.
import '../src/define.js';
import index from './traces/index.json';
import vendorIndex from './traces/vendors/index.json';

export interface Sample {
  title: string;
  about: string;
  recordedFrom: string;
  url: string;
}

/** The traces that were recorded for this project from real SDKs. */
export const samples: readonly Sample[] = index.map(({ file, ...sample }) => ({
  ...sample,
  url: `traces/${file}`,
}));

/** What the SDKs of other tools send, as they send it. */
export const vendorSamples: readonly Sample[] = vendorIndex.map(({ file, vendor, recordedFrom, sends }) => ({
  title: `${vendor}: ${file}`,
  about: `What the SDK sends: ${sends}.`,
  recordedFrom,
  url: `traces/vendors/${file}`,
}));
