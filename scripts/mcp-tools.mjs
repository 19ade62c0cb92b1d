// What the MCP server of the tests offers: the SDK's own server, in the page as well as behind `mcp-server.mjs`.
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  CreateMessageResultSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListRootsResultSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';

const text = (value) => ({ content: [{ type: 'text', text: value }] });

const question = (value, meta) => ({
  method: 'sampling/createMessage',
  params: {
    messages: [{ role: 'user', content: { type: 'text', text: value } }],
    systemPrompt: 'Be brief.',
    maxTokens: 100,
    ...(meta && { _meta: meta }),
  },
});

const TOOLS = {
  echo: ({ args }) => text(JSON.stringify(args)),
  /** What came with the request. */
  meta: ({ meta }) => text(JSON.stringify(meta ?? null)),
  async steps({ meta, extra }) {
    for (const progress of [1, 2]) {
      if (meta?.progressToken === undefined) continue;
      await extra.sendNotification({
        method: 'notifications/progress',
        params: { progressToken: meta.progressToken, progress, total: 2, message: `step ${progress}` },
      });
    }
    return text('done');
  },
  fails: () => ({ ...text('No such city.'), isError: true }),
  refused() {
    throw new McpError(-32602, 'No such tool', { hint: 'weather' });
  },
  async asks({ args, meta, extra }) {
    // One that joins the trace says which request it works on.
    const joining = args.joins && { traceparent: meta.traceparent };
    const { content } = await extra.sendRequest(question(String(args.question), joining), CreateMessageResultSchema);
    return text(content.text);
  },
  async roots({ extra }) {
    const { roots } = await extra.sendRequest({ method: 'roots/list' }, ListRootsResultSchema);
    return text(roots[0].uri);
  },
  /** Answers when it is told to give up, which nobody hears. */
  slow: ({ extra }) => new Promise((resolve) => extra.signal.addEventListener('abort', () => resolve(text('late')))),
};

/** The SDK's own needs `eval`, which pages with a content security policy do not allow. */
export const jsonSchemaValidator = {
  getValidator: () => (data) => ({ valid: true, data, errorMessage: undefined }),
};

/** A server that is to be connected to a transport. */
export function toolServer() {
  const server = new Server(
    { name: 'tools', version: '1.0.0' },
    { capabilities: { tools: {}, prompts: {}, resources: {} }, jsonSchemaValidator },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: Object.keys(TOOLS).map((name) => ({ name, inputSchema: { type: 'object' } })),
  }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) =>
    TOOLS[params.name]({ args: params.arguments ?? {}, meta: params._meta, extra }),
  );
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: [{ name: 'greet' }] }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => ({
    messages: [{ role: 'user', content: { type: 'text', text: `Greet ${params.arguments?.whom}` } }],
  }));
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [{ uri: 'file:///a', name: 'a' }] }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params }) => ({
    contents: [{ uri: params.uri, text: 'content' }],
  }));
  return server;
}
