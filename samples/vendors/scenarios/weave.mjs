import { OpenAI } from 'openai';
import * as weave from 'weave';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

export function answer({ path }) {
  if (path.startsWith('/graphql')) {
    return {
      data: {
        viewer: { username: 'samples', defaultEntity: { name: 'samples' } },
        upsertModel: { model: { name: 'support' } },
      },
    };
  }
  if (path.startsWith('/obj/create') || path.startsWith('/file/create'))
    return { digest: '5Ul9oQmYcMvBq0Jd1eR2xTnWzKaHgFsLpVuIbXyCwEk' };
  if (path.startsWith('/feedback/create'))
    return {
      id: '0195a000-0000-7000-8000-000000000001',
      created_at: '2026-03-02T10:00:00Z',
      wb_user_id: 'samples',
      payload: {},
    };
}

export async function run({ modelURL, collector }) {
  const client = await weave.init('samples/support');
  const openai = weave.wrapOpenAI(new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' }));
  const steps = {
    searchHelpPages: weave.op(story.searchHelpPages, { name: 'search_help_pages' }),
    lookUpParcel: weave.op(story.lookUpParcel, { name: 'look_up_parcel' }),
    checkCustoms: weave.op(story.checkCustoms, { name: 'check_customs' }),
  };
  const answerQuestion = weave.op((question) => story.answerSupportQuestion(openai, steps, question), {
    name: 'support_question',
  });
  await weave.withAttributes({ session_id: story.session, user_id: story.user }, () => answerQuestion(story.question));
  await client.waitForBatchProcessing();
  return { 'weave.jsonl': toLines(collector.bodies(/^POST \/call/)) };
}
