// What the demo's shop assistant says. There is no model: rules pick the tools that fit a question, in parallel where there
// are several, and put the answer together from what the tools gave. Same question, same answer.

const ZONES = new Map(
  Object.entries({
    berlin: 'Europe/Berlin',
    'new york': 'America/New_York',
    oslo: 'Europe/Oslo',
    sydney: 'Australia/Sydney',
    tokyo: 'Asia/Tokyo',
    utc: 'UTC',
  }),
);

const HELP =
  'I can look up an order (try 1042), search our help pages for returns, shipping or repairs, tell the time in Oslo or ' +
  'Tokyo, and calculate. Several at once, if you like.';

const STORY = [
  'The tent stood above the lake before the rain came.',
  'Nobody had checked the weather, which is how most good stories begin.',
  'By eight the wind had found every rope, and by nine it had untied two of them.',
  'Ida went out with a lamp between her teeth and a stone in each hand.',
  'She came back wet, laughing, and without the stones.',
  'We cooked soup on a stove the size of a teacup and drank it from the lid.',
  'Somewhere below, a bell rang on a sheep that had lost its way.',
  'The lake turned white, then black, then white again.',
  'At midnight the wind stopped so suddenly that we all woke up.',
  'Outside, the clouds had opened, and there were more stars than anybody could use.',
  'Jon said that he would never go home, and went to sleep in the middle of the sentence.',
  'In the morning there was ice in the kettle and a fox had taken the bread.',
  'We walked down along the stream, slowly, because there was no reason to hurry.',
  'The sheep was standing at the gate and looked at us as if we were late.',
];

/** The text of a message, whichever way it is written. */
const textOf = ({ content }) =>
  typeof content === 'string' ? content : (content ?? []).map(({ text = '' }) => text).join('');

const jsonOf = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const SUM = /\d[\d.]*(?:\s*[-+*/×÷]\s*\(?\s*\d[\d.]*\)?)+/g;
const ORDER = /\b\d{4}\b/g;

/** The tools that a question asks for: `[name, arguments]`. */
function callsFor(question) {
  const asked = question.toLowerCase();
  const calls = [];
  if (/\border/.test(asked)) {
    for (const order of new Set(asked.match(ORDER))) calls.push(['look_up_order', { order: Number(order) }]);
  }
  if (/\btime\b|\bclock\b|\bdate\b/.test(asked)) {
    const places = [...ZONES].filter(([place]) => asked.includes(place)).map(([, zone]) => zone);
    for (const time_zone of places.length ? places : ['UTC']) calls.push(['current_time', { time_zone }]);
  }
  for (const expression of asked.match(SUM) ?? []) {
    calls.push(['calculate', { expression: expression.replaceAll('×', '*').replaceAll('÷', '/').trim() }]);
  }
  const isAboutPolicy = /return|refund|ship|deliver|exchange|repair|warrant|size|gift|pay|member|wash|care|policy/.test(
    asked,
  );
  if (isAboutPolicy || (calls.length === 0 && asked.split(/\s+/).length > 2)) {
    calls.push(['search_documents', { query: question }]);
  }
  return calls;
}

/** What is still to be worked out once the tools have answered. */
function furtherCalls(question, results) {
  if (!/total|altogether|how much|sum/i.test(question) || results.some(({ name }) => name === 'calculate')) return [];
  const prices = results.flatMap(({ result }) =>
    (result?.items ?? []).map(({ price, count }) => `${count} * ${price}`),
  );
  return prices.length ? [['calculate', { expression: prices.join(' + ') }]] : [];
}

function sentenceFor({ name, result }) {
  if (result?.error) return `I could not do that: ${result.error}`;
  switch (name) {
    case 'look_up_order': {
      const items = result.items.map(({ name: item, count }) => (count > 1 ? `${count} × ${item}` : item)).join(', ');
      return `Order ${result.order} (${items}) is ${result.status}${result.expected ? ` and should be with you on ${result.expected}` : ''}.`;
    }
    case 'current_time':
      return `In ${result.time_zone.split('/').at(-1).replace('_', ' ')} it is ${result.time}.`;
    case 'calculate':
      return `${result.expression.replaceAll('*', '×')} comes to ${result.result}.`;
    case 'search_documents':
      return result.length
        ? `${result[0].content} (From “${result[0].title}”.)`
        : 'Our help pages say nothing about that. Ask me about orders, returns, shipping or repairs.';
    default:
      return `${name} gave ${JSON.stringify(result)}.`;
  }
}

function plainAnswer(question, messages) {
  if (/\b(story|long)\b/i.test(question)) return [...STORY, ...STORY.slice(0, 6), 'And that is all.'].join(' ');
  if (/\b(thanks|thank you|bye)\b/i.test(question)) return 'You are welcome. Have a good trip!';
  if (/\bmy first question\b|\bask(ed)? first\b/i.test(question)) {
    return `You first asked: “${textOf(messages.find(({ role }) => role === 'user'))}”`;
  }
  return `Hello! ${HELP}`;
}

/** What the model makes of a conversation: `{ error }`, `{ calls }`, or `{ content }`. */
export function replyTo({ messages = [], tools = [] }) {
  const asked = messages.findLastIndex(({ role }) => role === 'user');
  const question = asked < 0 ? '' : textOf(messages[asked]);
  if (/\b(fail|error|crash)\b/i.test(question)) return { error: 'The model is overloaded. Try again later.' };

  const since = messages.slice(asked + 1);
  const names = new Map(
    since.flatMap(({ tool_calls = [] }) => tool_calls.map((call) => [call.id, call.function.name])),
  );
  const results = since
    .filter(({ role }) => role === 'tool')
    .map((message) => ({ name: names.get(message.tool_call_id), result: jsonOf(textOf(message)) }));

  const isPlain = /\b(story|long|thanks|thank you|bye|my first question|ask(ed)? first)\b/i.test(question);
  const wanted = results.length ? furtherCalls(question, results) : isPlain ? [] : callsFor(question);
  const offered = new Set(tools.map((tool) => tool.function?.name));
  const calls = wanted.filter(([name]) => offered.has(name));
  if (calls.length) return { calls };
  return { content: results.length ? results.map(sentenceFor).join('\n\n') : plainAnswer(question, messages) };
}
