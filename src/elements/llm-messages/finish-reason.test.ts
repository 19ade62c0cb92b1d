import { expect } from '@open-wc/testing';
import { en } from '../../i18n/index.js';
import { aboutFinish } from './finish-reason.js';

describe('aboutFinish', () => {
  it('knows how answers end in the words of every provider', () => {
    for (const reason of ['stop', 'STOP', 'end_turn', 'tool-calls', 'tool_use', 'FinishReason.STOP', 'stop_sequence']) {
      expect(aboutFinish(reason, en), reason).to.deep.equal({ isUsual: true, note: '' });
    }
    for (const reason of ['length', 'MAX_TOKENS', 'max_output_tokens', 'FinishReason.MAX_TOKENS', 'model_length']) {
      expect(aboutFinish(reason, en), reason).to.deep.equal({ isUsual: false, note: en.finishNotes.length });
    }
    for (const reason of ['content_filter', 'content-filter', 'SAFETY', 'refusal', 'guardrail_intervened']) {
      expect(aboutFinish(reason, en), reason).to.deep.equal({ isUsual: false, note: en.finishNotes.filter });
    }
  });

  it('takes a word that nobody knows for unusual, also one that every object has', () => {
    for (const reason of ['gone fishing', 'constructor', '']) {
      expect(aboutFinish(reason, en), reason).to.deep.equal({ isUsual: false, note: '' });
    }
  });
});
