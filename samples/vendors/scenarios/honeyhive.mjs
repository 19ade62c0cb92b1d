import { HoneyHive } from 'honeyhive';
import { OpenAI } from 'openai';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

// Ids of the service's own: it gives the session its id.
const sessionId = 'b0d3a7c4-6b1e-4f6a-9a0c-2f6d1f6f7f3a';
const rootId = '3e0f6d0a-9f53-4a54-8f0e-7d8f5f3c1a11';

export function answer({ path }) {
  if (path === '/session/start') return { session_id: sessionId };
  if (path === '/events/batch') return { event_ids: [], session_id: sessionId, success: true };
}

export async function run({ modelURL, collector }) {
  const client = new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' });
  const honeyhive = new HoneyHive({ bearerAuth: 'sk-local', serverURL: collector.url });
  const common = { project: 'support', source: 'samples' };
  await honeyhive.session.startSession({
    session: { ...common, sessionName: 'support question', sessionId, userProperties: { user_id: story.user } },
  });

  const events = [];
  const logged = (eventName, eventType, describe, run) => async (input) => {
    const startTime = Date.now();
    const event = {
      ...common,
      eventName,
      eventType,
      sessionId,
      parentId: rootId,
      startTime,
      config: {},
      ...describe(input),
    };
    events.push(event);
    const end = (fields) => Object.assign(event, fields, { endTime: Date.now(), duration: Date.now() - startTime });
    try {
      const output = await run(input);
      return describe.stream ? describe.stream(output, end) : (end(describe.outputs(output)), output);
    } catch (error) {
      end({ error: error.message });
      throw error;
    }
  };

  const asInputs = (outputs) =>
    Object.assign((input) => ({ inputs: typeof input === 'string' ? { query: input } : input }), { outputs });
  const steps = {
    searchHelpPages: logged(
      'search help pages',
      'tool',
      asInputs((documents) => ({ outputs: { documents } })),
      story.searchHelpPages,
    ),
    lookUpParcel: logged(
      'look_up_parcel',
      'tool',
      asInputs((result) => ({ outputs: { result } })),
      story.lookUpParcel,
    ),
    checkCustoms: logged(
      'check_customs',
      'tool',
      asInputs((result) => ({ outputs: { result } })),
      story.checkCustoms,
    ),
  };

  const describeModel = ({ model, temperature, messages, tools, stream }) => ({
    config: { provider: 'openai', model, hyperparameters: { temperature, stream: stream ?? false } },
    inputs: { chat_history: messages, functions: tools },
  });
  const endOfModel = (message, finishReason, usage, model) => ({
    outputs: { ...message, finish_reason: finishReason },
    metadata: {
      response_model: model,
      prompt_tokens: usage.prompt_tokens,
      completion_tokens: usage.completion_tokens,
      total_tokens: usage.total_tokens,
    },
  });
  const outputs = ({ choices: [choice], usage, model }) =>
    endOfModel(choice.message, choice.finish_reason, usage, model);
  const stream = async function* (chunks, end) {
    const message = { role: 'assistant', content: '' };
    for await (const chunk of chunks) {
      message.content += chunk.choices[0]?.delta?.content ?? '';
      if (chunk.usage) end(endOfModel(message, 'stop', chunk.usage, chunk.model));
      yield chunk;
    }
  };
  const complete = (request) => client.chat.completions.create(request);
  const create = logged('openai.chat', 'model', Object.assign(describeModel, { outputs }), complete);
  const createStream = logged('openai.chat', 'model', Object.assign(describeModel.bind(null), { stream }), complete);
  const observed = {
    chat: { completions: { create: (request) => (request.stream ? createStream : create)(request) } },
  };

  const root = logged(
    'support question',
    'chain',
    asInputs((result) => ({ outputs: { result } })),
    () => story.answerSupportQuestion(observed, steps),
  );
  await root(story.question);
  Object.assign(events[0], { eventId: rootId, parentId: sessionId, metrics: { grounded: 0.9 } });

  await honeyhive.events.createEventBatch({ events });
  await honeyhive.events.updateEvent({
    eventId: rootId,
    feedback: { [story.score.name]: story.score.value, comment: story.score.comment },
  });
  return { 'honeyhive.jsonl': toLines(collector.bodies(/^(POST|PUT) \/(session|events)/)) };
}
