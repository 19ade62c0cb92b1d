import { readInternals } from '../read.js';
import { SECTIONS } from '../sections.js';
import { isFields } from '../shape.js';
import type { InternalsFile } from './internals-file.js';

/** `Internals` as they stand in the attribute of a span, in a file of their own. */
export const ownInternals: InternalsFile = {
  name: 'llm-trace-internals',
  title: 'llm_trace.internals',
  records(value) {
    if (!isFields(value) || value['v'] !== 1) return undefined;
    if (![...SECTIONS.keys()].some((section) => isFields(value[section]) || Array.isArray(value[section])))
      return undefined;
    return [{ raw: value, internals: () => readInternals(value).internals }];
  },
};
