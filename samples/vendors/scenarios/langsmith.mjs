import { OpenAI } from 'openai';
import { Client } from 'langsmith';
import { getCurrentRunTree, traceable } from 'langsmith/traceable';
import { wrapOpenAI } from 'langsmith/wrappers';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

// Where the service does not say this, the SDK sends multipart/form-data, which nobody has as a file.
export function answer({ path }) {
  if (path === '/info') return { version: '0.12.0', batch_ingest_config: { use_multipart_endpoint: false } };
}

export async function run({ modelURL, collector }) {
  const client = new Client();
  const openai = wrapOpenAI(new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' }), { client });

  const steps = {
    searchHelpPages: traceable(
      async (query) =>
        (await story.searchHelpPages(query)).map(({ id, content, metadata, score }) => ({
          page_content: content,
          metadata: { ...metadata, id, score },
          type: 'Document',
        })),
      { client, name: 'search help pages', run_type: 'retriever' },
    ),
    lookUpParcel: traceable(story.lookUpParcel, { client, name: 'look_up_parcel', run_type: 'tool' }),
    checkCustoms: traceable(story.checkCustoms, { client, name: 'check_customs', run_type: 'tool' }),
  };

  let rootId;
  const answerQuestion = traceable(
    async (input) => {
      rootId = getCurrentRunTree().id;
      return { input, answer: await story.answerSupportQuestion(openai, steps) };
    },
    {
      client,
      name: 'support question',
      run_type: 'chain',
      tags: ['support', 'parcels'],
      metadata: { session_id: story.session, user_id: story.user, ls_agent_type: 'root' },
    },
  );
  await answerQuestion({ question: story.question });
  await client.awaitPendingTraceBatches();
  await client.createFeedback(rootId, story.score.name, { score: story.score.value, comment: story.score.comment });

  const batches = collector.bodies(/^POST \/runs\/batch/);
  return { 'langsmith.jsonl': toLines([...batches, ...collector.bodies(/^POST \/feedback/)]) };
}
