import { HeliconeManualLogger } from '@helicone/helpers';
import { OpenAI } from 'openai';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

export async function run({ modelURL, collector }) {
  const openai = new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' });
  const logger = new HeliconeManualLogger({
    apiKey: 'sk-local',
    loggingEndpoint: `${collector.url}/custom/v1/log`,
    headers: {
      'Helicone-Session-Id': story.session,
      'Helicone-Session-Name': 'support question',
      'Helicone-User-Id': story.user,
      'Helicone-Property-Channel': 'help-center',
    },
  });
  const at = (path) => ({ 'Helicone-Session-Path': path });

  const logged = (describe, run, path) => (input) =>
    logger.logRequest(
      describe(input),
      async (results) => {
        try {
          const output = await run(input);
          results.appendResults(
            Array.isArray(output) ? { status: 'success', documents: output } : { status: 'success', ...output },
          );
          return output;
        } catch (error) {
          // The SDK logs nothing for an operation that throws.
          results.appendResults({ status: 'error', message: error.message });
          return { error: error.message };
        }
      },
      at(path),
    );
  const steps = {
    searchHelpPages: logged(
      (text) => ({ _type: 'vector_db', operation: 'search', text, topK: 2, databaseName: 'help-pages' }),
      story.searchHelpPages,
      '/support/search',
    ),
    lookUpParcel: logged(
      (input) => ({ _type: 'tool', toolName: 'look_up_parcel', input }),
      story.lookUpParcel,
      '/support/answer/look_up_parcel',
    ),
    checkCustoms: logged(
      (input) => ({ _type: 'tool', toolName: 'check_customs', input }),
      story.checkCustoms,
      '/support/answer/check_customs',
    ),
  };

  const create = async (request) => {
    if (!request.stream) {
      return logger.logRequest(
        request,
        async (results) => {
          const completion = await openai.chat.completions.create(request);
          results.appendResults(completion);
          return completion;
        },
        at('/support/answer'),
        'openai',
      );
    }
    const builder = logger.logBuilder(request, at('/support/answer'));
    const [mine, logged] = (await openai.chat.completions.create(request)).tee();
    const text = builder.toReadableStream(logged);
    const finished = (async () => {
      for await (const chunk of text) void chunk;
      await builder.sendLog();
    })();
    return (async function* () {
      yield* mine;
      await finished;
    })();
  };
  await story.answerSupportQuestion({ chat: { completions: { create } } }, steps);

  return { 'helicone.jsonl': toLines(collector.bodies(/\/v1\/log$/)) };
}
