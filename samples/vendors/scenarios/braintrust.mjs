import { initLogger, wrapOpenAI } from 'braintrust';
import { OpenAI } from 'openai';
import { toLines } from '../body-file.mjs';
import * as story from '../story.mjs';

export const { replies } = story;

const project = { id: '5f0c7a52-9a43-4b8e-8d2e-0b1f3a6c7d10', name: 'support' };

export function answer({ path, json }) {
  const api = 'http://localhost:4011';
  switch (path) {
    case '/api/apikey/login':
      return {
        org_info: [{ id: 'org-1', name: 'samples', api_url: api, proxy_url: api, git_metadata: { collect: 'none' } }],
      };
    case '/api/project/register':
      return { project, org_id: 'org-1' };
    case '/version':
      return { version: '1.1.0', logs3_payload_max_bytes: null };
    case '/logs3':
      return { ids: json().rows.map(({ id }) => id) };
  }
}

export async function run({ modelURL, collector }) {
  const logger = initLogger({ projectName: project.name });
  const openai = wrapOpenAI(new OpenAI({ baseURL: modelURL, apiKey: 'sk-local' }));

  const traced = (name, type, run) => (input) =>
    logger.traced(
      async (span) => {
        const output = await run(input);
        span.log({ input, output });
        return output;
      },
      { name, type, event: { input } },
    );
  const steps = {
    searchHelpPages: traced('search help pages', 'function', story.searchHelpPages),
    lookUpParcel: traced('look_up_parcel', 'tool', story.lookUpParcel),
    checkCustoms: traced('check_customs', 'tool', story.checkCustoms),
  };

  let rootId;
  await logger.traced(
    async (span) => {
      rootId = span.id;
      const output = await story.answerSupportQuestion(openai, steps);
      const metadata = { session_id: story.session, user_id: story.user };
      span.log({ input: story.question, output, metadata, tags: ['support', 'parcels'], scores: { grounded: 0.9 } });
    },
    { name: 'support question', type: 'task' },
  );
  await logger.flush();
  const { name, value, comment } = story.score;
  logger.logFeedback({ id: rootId, scores: { [name]: value }, comment });
  await logger.flush();

  const rows = collector.requests.filter(({ path }) => path === '/logs3').flatMap(({ json }) => json().rows);
  return { 'braintrust.jsonl': toLines(rows) };
}
