import type { MarkdownWords } from './en-markdown.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

export const CHINESE_MARKDOWN: MarkdownWords = {
  trace: '追踪',
  partOfTrace: '所属追踪',
  spans: (count) => `${number(count)} 个 Span`,
  tokens: (count) => `${number(count)} 个 Token`,
  errors: (count) => `${number(count)} 个错误`,
  running: '运行中',
  level: (depth) => `第 ${depth} 层`,
  failed: '错误',
  noName: '（无名称）',
  tree: 'Span',
  contents: '输入与输出',
  error: '错误',
  input: '输入',
  documents: '文档',
  output: '输出',
  reasoning: '推理',
  call: '调用',
  result: '结果',
  failedResult: '结果，错误',
  tooDeep: '（层级过深，无法写出）',
  insideNotShown: (count) => `内部 ${number(count)} 个未显示`,
  spansNotShown: (count) => `另有 ${number(count)} 个 Span 未显示。`,
  contentsLeftOut: '输入与输出已省略。',
  contentsOfSpansLeftOut: (count) => `另有 ${number(count)} 个 Span 的输入与输出已省略。`,
  charactersLeftOut: (count) => `省略 ${number(count)} 个字符`,
};
