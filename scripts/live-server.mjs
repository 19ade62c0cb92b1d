// Answers that grow, for the tests, under `/live/<name>`. What is posted there is the newest state of the answer, and an event:
// a request for server-sent events gets all of them, those to come too, any other one the newest. A DELETE breaks the
// connections.

/** What was posted, and who listens, by the path. */
const topics = new Map();

function topicOf(path) {
  if (!topics.has(path)) topics.set(path, { posted: [], listeners: new Set(), asked: 0 });
  return topics.get(path);
}

const eventOf = (posted, at) => `id: ${at + 1}\nretry: 10\n${posted.replace(/^/gm, 'data: ')}\n\n`;

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function listen(context, topic) {
  const { req, res } = context;
  context.respond = false;
  res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const known = Number(req.headers['last-event-id'] ?? 0);
  topic.posted.slice(known).forEach((posted, at) => res.write(eventOf(posted, known + at)));
  res.write(':\n\n');
  topic.listeners.add(res);
  res.on('close', () => topic.listeners.delete(res));
}

/** Middleware for the test runner's server. */
export function liveServer() {
  return async (context, next) => {
    if (!context.path.startsWith('/live/')) return next();
    const topic = topicOf(context.path);
    if (context.method === 'POST') {
      const posted = await bodyOf(context.req);
      for (const listener of topic.listeners) listener.write(eventOf(posted, topic.posted.length));
      topic.posted.push(posted);
      context.body = '';
    } else if (context.method === 'DELETE') {
      for (const listener of topic.listeners) listener.destroy();
      context.body = '';
    } else if (context.query.listeners !== undefined) {
      context.body = { listeners: topic.listeners.size, asked: topic.asked };
    } else {
      topic.asked++;
      if (context.get('accept') === 'text/event-stream') listen(context, topic);
      else {
        context.type = 'json';
        context.set('etag', `"${topic.posted.length}"`);
        context.body = topic.posted.at(-1) ?? '';
      }
    }
  };
}
