import type { QueryFault, SearchWords } from './en-search.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

/** What fields and values are, by the English words of the registry. */
const SUMMARIES: ReadonlyMap<string, string> = new Map([
  ['What the span did.', 'Span 的类型。'],
  ['How it ended.', '结束状态。'],
  ['What it is in the trace.', '在追踪中的角色。'],
  ['What it has; also the key of an attribute.', '包含的内容；也可以是属性的键。'],
  ['Its name.', '名称。'],
  ['The tool, agent or function, where the name does not say it.', '名称未体现的工具、智能体或函数。'],
  ['The model that it called.', '调用的模型。'],
  ['What went wrong, in the words of the trace.', '追踪中记录的错误信息。'],
  ['Who serves the model.', '模型提供商。'],
  ['The service that it ran in.', '所在的服务。'],
  ['Its id.', 'ID。'],
  ['The session of the trace.', '追踪的会话。'],
  ['The user of the trace.', '追踪的用户。'],
  ['A tag of the trace.', '追踪的标签。'],
  ['How long it took.', '耗时。'],
  ['When it began, from the start of the trace.', '开始时间，从追踪开始算起。'],
  ['Time to the first token.', '首个 Token 时间。'],
  ['Tokens that it states for itself.', '自身标明的 Token。'],
  ['Those that went in.', '输入 Token。'],
  ['Those that came out.', '输出 Token。'],
  ['Those that were read from the prompt cache.', '从提示词缓存读取的 Token。'],
  ['Those that were spent on reasoning.', '用于推理的 Token。'],
  ['US dollars that it states for itself.', '自身标明的费用（美元）。'],
  [
    'Tokens of the span and of all that is in it, each call counted once.',
    'Span 及其内部全部的 Token，每次调用只计一次。',
  ],
  [
    'US dollars of the span and of all that is in it, each call counted once.',
    'Span 及其内部全部的费用（美元），每次调用只计一次。',
  ],
  ['How many spans it is inside of.', '嵌套层数。'],
  ['How many spans are directly inside it.', '直接子 Span 的数量。'],
  ['it failed', '已失败'],
  ['other spans inside it', '内部有其他 Span'],
  ['a cost of its own', '自身的费用'],
  ['tokens of its own', '自身的 Token'],
  ['reasoning, as tokens or in a message', '推理（Token 或消息）'],
  ['a value that went in', '输入值'],
  ['a value that came out', '输出值'],
  ['a conversation', '对话'],
  ['tools that the model was offered', '提供给模型的工具'],
  ['tool calls in its messages', '消息中的工具调用'],
  ['documents that were retrieved or ranked', '检索或重排的文档'],
  ['a score', '评分'],
  ['images in its messages', '消息中的图片'],
  ['recordings in its messages', '消息中的录音'],
  ['films in its messages', '消息中的视频'],
  ['files in its messages', '消息中的文件'],
  ['citations in its messages', '消息中的引用'],
  ['an answer that was refused', '被拒绝的回答'],
  ['an exception', '异常'],
  ['parameters of its call', '调用参数'],
  ['a prompt template', '提示词模板'],
  ['events', '事件'],
  ['links to other spans', '指向其他 Span 的链接'],
  ['has begun and not ended', '已开始但尚未结束'],
  ['has no parent in the trace', '在追踪中没有父 Span'],
  ['has no children', '没有子 Span'],
  ['names a parent that is not in the trace, or that is inside it', '其父 Span 不在追踪中，或位于它自己内部'],
]);

const OF_KIND = 'of the kind ';
const WITH_STATUS = 'with the status ';

function summaryInChinese(summary: string): string {
  if (summary.startsWith(OF_KIND)) return `类型为 ${summary.slice(OF_KIND.length)}`;
  if (summary.startsWith(WITH_STATUS)) return `状态为 ${summary.slice(WITH_STATUS.length)}`;
  return SUMMARIES.get(summary) ?? summary;
}

function faultInChinese({ code, message, seen, expected }: QueryFault): string {
  const instead = expected.length > 0 ? `可以是：${expected.join('、')}。` : '';
  switch (code) {
    case 'expected-term':
      return `${seen === '' ? '此处' : `“${seen}”之前`}缺少搜索词。${instead}`;
    case 'expected-value':
      return `此处缺少值。${instead}`;
    case 'unknown-field':
      return `没有字段“${seen}”。${instead}要搜索这段文本，请加引号。`;
    case 'unknown-value':
      return `此处不支持“${seen}”。${instead}`;
    case 'not-a-number':
      return `${seen === '' ? '此处缺少数字。' : `“${seen}”不是数字。`}${
        expected.length > 0 ? `可用单位：${expected.join('、')}。` : ''
      }`;
    case 'not-comparable':
      return `此字段不是数字：应使用“:”而不是“${seen.trim()}”。`;
    case 'backwards-range':
      return `范围“${seen}”的终点早于起点。`;
    case 'unclosed-quote':
      return '引号未闭合。';
    case 'unclosed-group':
      return '括号“(”未闭合。要搜索括号本身，请加引号。';
    case 'unexpected-close':
      return '括号“)”没有对应的左括号。要搜索括号本身，请加引号。';
    case 'too-long':
      return '查询过长。';
    case 'too-many-terms':
      return '查询中的词和字段过多。';
    case 'too-deep':
      return '括号和减号嵌套过深。';
    default:
      return message;
  }
}

export const CHINESE_SEARCH: SearchWords = {
  search: '搜索',
  placeholder: '关键词、kind:tool、status:error、tokens>5k…',
  suggestions: '建议',
  about: ({ summary = '' }) => summaryInChinese(summary),
  spans: (count) => `${number(count)} 个 Span`,
  clear: '清除搜索',
  close: '关闭搜索',
  next: '下一个匹配',
  previous: '上一个匹配',
  hideOthers: '隐藏其他',
  found: (matches, spans) => `${number(matches)} / ${number(spans)} 个 Span`,
  place: (place, matches) => `第 ${number(place)} 个匹配，共 ${number(matches)} 个`,
  reading: (done) => `已读取 ${done}`,
  fault: faultInChinese,
  match: '匹配',
  hasMatch: '包含匹配',
};
