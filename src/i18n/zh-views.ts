import type { ViewWords } from './en-views.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

const NO_CALLS = '此追踪中没有对模型、工具、智能体等的调用。';

export const CHINESE_VIEWS: ViewWords = {
  steps: '步骤',
  conversation: '对话',
  sequence: '时序图',
  table: '表格',

  missingSpan: (id) => `此追踪中没有 ID 为 ${id} 的 Span。`,
  missingTrace: (id) => `这里没有 ID 为 ${id} 的追踪，显示的是另一条追踪。`,

  stepsOf: (trace) => `${trace} 的步骤`,
  step: '步骤',
  turn: (place) => `第 ${number(place)} 轮`,
  folded: (count) => `${number(count)} 个框架 Span`,
  noSteps: NO_CALLS,
  documents: (count) => `${number(count)} 篇文档`,

  conversationOf: (trace) => `${trace} 的对话`,
  reading: (done, all) => `正在读取对话… ${number(done)} / ${number(all)} 次调用`,
  noMessages: '此追踪中没有调用标明其消息。',
  saidAbove: (count) => `${number(count)} 条消息同上`,
  instructionsChanged: '指令已更改。',
  saidIn: (span) => `显示 ${span}`,
  partOf: (kind, name) => `${kind} ${name}`,
  failed: '失败',

  sequenceOf: (trace) => `${trace} 的时序图`,
  sequenceKeys: '上下键在调用之间移动，左右键折叠和展开重复部分，回车键转到详情。',
  sequenceEmpty: NO_CALLS,
  start: '开始',
  calls: (from, to) => `${from} 调用 ${to}`,
  returns: (from, to) => `${from} 返回给 ${to}`,
  times: (count) => `${number(count)} 次`,
  foldedExchanges: (count) => `重复 ${number(count)} 次`,
  atTheSameTime: '同时进行',
  others: (count) => `其他 ${number(count)} 个`,

  tableOf: (trace) => `${trace} 的 Span`,
  sorting: '正在排序…',
  columns: {
    name: '名称',
    kind: '类型',
    start: '开始',
    duration: '耗时',
    own: '自身耗时',
    tokens: 'Token',
    cost: '费用',
    status: '状态',
    model: '模型',
    service: '服务',
  },
  statuses: { ok: '正常', error: '错误', unset: '' },
};
