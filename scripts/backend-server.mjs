// A backend for the tests, under `/backend/{name}/…`: it answers what a test has told it to answer, and keeps what it was
// asked. Each test takes a name of its own. `?control` is for the test itself.

/** By name: what is to be answered, and what was asked. */
const backends = new Map();

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The answers whose path is asked for are given in their order, the last one again and again. */
function answerFor({ answers }, path, question) {
  const found = answers.filter((answer) => path.startsWith(answer.path) && question.includes(answer.asks ?? ''));
  const [first] = found;
  if (found.length > 1) answers.splice(answers.indexOf(first), 1);
  return first ?? { status: 404, body: 'no such thing' };
}

export function backendServer() {
  return async function backend(context, next) {
    const [, name, rest] = /^\/backend\/([^/]+)\/?(.*)$/.exec(context.path) ?? [];
    if (name === undefined) return next();
    if (context.search === '?control') {
      if (context.method === 'PUT') {
        backends.set(name, { answers: JSON.parse(await textOf(context.req)), asked: [] });
        context.status = 204;
      } else context.body = backends.get(name)?.asked ?? [];
      return undefined;
    }
    const known = backends.get(name) ?? { answers: [], asked: [] };
    const { method, headers, search } = context.request;
    const question = method === 'POST' ? await textOf(context.req) : '';
    known.asked.push({ method, path: rest, search, headers, body: question });
    const {
      status = 200,
      type = 'application/json',
      headers: sent = {},
      body = '',
      end,
    } = answerFor(known, rest, question);
    if (end === 'silence') return new Promise(() => {});
    if (end === 'broken') {
      context.respond = false;
      context.res.writeHead(200, { 'content-type': type, 'content-length': '9999' });
      context.res.write('{"data":[');
      setTimeout(() => context.res.destroy(), 50);
      return undefined;
    }
    context.status = status;
    context.set({ 'content-type': type, ...sent });
    context.body = typeof body === 'string' ? body : JSON.stringify(body);
    return undefined;
  };
}
