import { expect } from '@open-wc/testing';
import { sharedFiles, sharedText } from '../test/shared-files.js';
import { agentOps } from './agentops.js';
import { braintrust } from './braintrust.js';
import { datadogLlmObs } from './datadog/datadog-llmobs.js';
import { helicone } from './helicone/helicone.js';
import { honeyHive } from './honeyhive.js';
import { klu } from './klu.js';
import { logfireRows } from './logfire-rows.js';
import { mastra } from './mastra.js';
import { parseText } from './parse-text.js';
import { portkey } from './portkey.js';
import { weave } from './weave.js';

const FORMATS = [agentOps, braintrust, datadogLlmObs, helicone, honeyHive, klu, logfireRows, mastra, portkey, weave];

describe('the formats of plain rows', () => {
  it('know the real files of their own folder and no other', async function () {
    this.timeout(60_000);
    const files = (await sharedFiles()).filter((file) => /\.jsonl?$/.test(file));
    if (files.length === 0) return this.skip();
    const wrong: string[] = [];
    for (const file of files) {
      const { value } = parseText((await sharedText(`fixtures/${file}`))!);
      const folder = file.split('/')[0]!;
      for (const format of FORMATS) {
        if (format.detect(value) !== (format.name === folder)) wrong.push(`${format.name}: ${file}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });
});
