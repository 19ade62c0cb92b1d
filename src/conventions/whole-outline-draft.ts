import { learn, OutlineDraft } from './outline-draft.js';
import { conventions } from './registry.js';

/** For whoever can wait for nothing that is loaded later: it knows every vocabulary from the start. */
export class WholeOutlineDraft extends OutlineDraft {
  constructor() {
    super();
    learn(conventions);
  }
}
