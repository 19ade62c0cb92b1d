import OpenAI from 'openai';
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import { getToolAttributes, traceTool } from '@arizeai/openinference-core';
import { startTelemetry } from './telemetry.mjs';

// Starts OpenTelemetry with OpenInference's instrumentation of the OpenAI client.
export function startOpenInference(serviceName, baseURL) {
  const finishedSpans = startTelemetry(serviceName);
  // By hand, because the hook that patches a module when it is loaded works for CommonJS only.
  new OpenAIInstrumentation().manuallyInstrument(OpenAI);
  return { finishedSpans, client: new OpenAI({ baseURL, apiKey: 'not-needed' }) };
}

export function defineTool({ name, description, properties, execute }) {
  const parameters = { type: 'object', properties, required: Object.keys(properties) };
  return {
    name,
    definition: { type: 'function', function: { name, description, parameters } },
    call: traceTool(execute, { name, attributes: getToolAttributes({ name, description, parameters }) }),
  };
}

// The usual agent loop: ask the model, run all the tools that it wants at once, and ask again until it has an answer.
export async function runAgentLoop({ client, model, instructions, task, tools, settings }) {
  const messages = [
    { role: 'system', content: instructions },
    { role: 'user', content: task },
  ];
  for (;;) {
    const definitions = tools.map(({ definition }) => definition);
    const completion = await client.chat.completions.create({ model, messages, tools: definitions, ...settings });
    const { message } = completion.choices[0];
    if (!message.tool_calls) return message.content;

    messages.push({ role: 'assistant', content: message.content, tool_calls: message.tool_calls });
    const results = await Promise.all(
      message.tool_calls.map(async (call) => {
        const tool = tools.find(({ name }) => name === call.function.name);
        const result = await tool.call(JSON.parse(call.function.arguments));
        const content = typeof result === 'string' ? result : JSON.stringify(result);
        return { role: 'tool', tool_call_id: call.id, content };
      }),
    );
    messages.push(...results);
  }
}
