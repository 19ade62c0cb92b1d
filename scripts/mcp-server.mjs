// An MCP server over Streamable HTTP for the tests, under `/mcp`.
import { randomUUID } from 'node:crypto';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { toolServer } from './mcp-tools.mjs';

/** Connections by the id of their session. */
const sessions = new Map();

async function newSession() {
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  });
  await toolServer().connect(transport);
  return transport;
}

/** Middleware for the test runner's server. */
export function mcpServer() {
  return async (context, next) => {
    if (context.path !== '/mcp') return next();
    context.respond = false;
    const transport = sessions.get(context.get('mcp-session-id')) ?? (await newSession());
    await transport.handleRequest(context.req, context.res);
  };
}
