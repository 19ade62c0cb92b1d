import type { ChosenSpansWords } from './en-chosen-spans.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

export const CHINESE_CHOSEN_SPANS: ChosenSpansWords = {
  start: '选择 Span 作为示例',
  choose: '选作示例',
  mark: '已选择',
  label: '选作示例的 Span',
  none: '尚未选择 Span。按住 Ctrl 或 ⌘ 点击可选择一个，按住 Shift 点击可选到该处为止，Shift+空格可选择当前 Span。',
  count: (count) => `已选择 ${number(count)} 个 Span。`,
  shape: '格式',
  shapes: new Map([
    ['openai-evals', 'OpenAI Evals'],
    ['openai-eval-items', 'OpenAI Evals API'],
    ['langsmith', 'LangSmith'],
    ['phoenix', 'Phoenix'],
  ]),
  export: '导出为 JSONL',
  exporting: (done, count) => `正在生成示例：${number(done)} / ${number(count)} 个 Span…`,
  exported: (count) => `已导出 ${number(count)} 个示例。`,
  leftOut: (count) => `已略过 ${number(count)} 个没有输入的 Span。`,
  masked: '敏感信息已脱敏。',
  failed: '无法生成示例。',
  clear: '清除选择',
};
