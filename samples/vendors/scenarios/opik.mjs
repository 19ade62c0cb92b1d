import { OpenAI } from 'openai';
import { Opik } from 'opik';
import { trackOpenAI } from 'opik-openai';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

export async function run({ modelURL, collector }) {
  const client = new Opik({
    apiUrl: `${collector.url}/api`,
    apiKey: 'sk-local',
    workspaceName: 'default',
    projectName: 'support',
    // Otherwise what ends later is sent as PATCH /traces/{id}, and the id is in the path only.
    holdUntilFlush: true,
  });
  const trace = client.trace({
    name: 'support question',
    threadId: story.session,
    tags: ['support', 'parcels'],
    input: { question: story.question },
    metadata: { user_id: story.user },
  });

  const tracked = (name, type, run) => async (input) => {
    const span = trace.span({ name, type, input: typeof input === 'string' ? { input } : input });
    try {
      const output = await run(input);
      span.update({ output: Array.isArray(output) ? { documents: output } : output });
      return output;
    } catch (error) {
      span.update({ errorInfo: { exceptionType: error.name, message: error.message, traceback: error.stack } });
      throw error;
    } finally {
      span.end();
    }
  };
  const steps = {
    searchHelpPages: tracked('search help pages', 'general', story.searchHelpPages),
    lookUpParcel: tracked('look_up_parcel', 'tool', story.lookUpParcel),
    checkCustoms: tracked('check_customs', 'tool', story.checkCustoms),
  };
  const openai = trackOpenAI(new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' }), { client, parent: trace });
  const answer = await story.answerSupportQuestion(openai, steps);
  trace.update({ output: { answer } });
  trace.score({ name: story.score.name, value: story.score.value, reason: story.score.comment });
  trace.end();
  await client.flush();

  return { 'opik.jsonl': toLines(collector.bodies(/^(POST|PATCH|PUT) \S*\/(traces|spans)/)) };
}
