import { Langfuse, observeOpenAI } from 'langfuse';
import { OpenAI } from 'openai';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

export function answer({ path, json }) {
  if (!path.startsWith('/api/public/ingestion')) return undefined;
  return { status: 207, json: { successes: json().batch.map(({ id }) => ({ id, status: 201 })), errors: [] } };
}

export async function run({ modelURL, collector }) {
  const langfuse = new Langfuse({
    baseUrl: collector.url,
    publicKey: 'sk-local',
    secretKey: 'sk-local',
    environment: 'samples',
    flushAt: 6,
  });
  const trace = langfuse.trace({
    name: 'support question',
    sessionId: story.session,
    userId: story.user,
    tags: ['support', 'parcels'],
    input: story.question,
    metadata: { channel: 'help-center' },
    version: '2.4.1',
  });

  const observed = (name, run) => async (input) => {
    const span = trace.span({ name, input });
    try {
      const output = await run(input);
      span.end({ output });
      return output;
    } catch (error) {
      span.end({ level: 'ERROR', statusMessage: error.message });
      throw error;
    }
  };
  const steps = {
    searchHelpPages: observed('search help pages', story.searchHelpPages),
    lookUpParcel: observed('look_up_parcel', story.lookUpParcel),
    checkCustoms: observed('check_customs', story.checkCustoms),
  };

  const openai = observeOpenAI(new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' }), {
    parent: trace,
    generationName: 'answer',
  });
  const output = await story.answerSupportQuestion(openai, steps);
  trace.event({ name: 'answered' });
  trace.update({ output });
  trace.score(story.score);
  await langfuse.shutdownAsync();
  return { 'langfuse-ingestion.jsonl': toLines(collector.bodies(/^POST \/api\/public\/ingestion/)) };
}
