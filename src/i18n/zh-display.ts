import type { DisplayWords } from './en-display.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

export const CHINESE_DISPLAY: DisplayWords = {
  display: 'Span 的显示方式',

  hide: '隐藏 Span',
  fields: { kinds: '按类型', names: '按名称', services: '按服务' },
  hiddenSpans: (count) => `已隐藏 ${number(count)} 个 Span`,
  showAll: '全部显示',
  findValue: '查找名称或服务',
  moreValues: (count) => `还有 ${number(count)} 个：请输入其中一部分`,
  noValue: '没有这个名称。',
  valueWithCount: (value, count) => `${value}，${number(count)} 个 Span`,

  grouped: '合并重复的 Span',
  groupedHint: (fewest) => `相邻、名称和类型都相同的 Span 达到 ${number(fewest)} 个时`,
  times: (count) => `×${number(count)}`,
  timesSpoken: (count) => `${number(count)} 次`,
  total: (duration) => `Σ ${duration}`,
  totalSpoken: (duration) => `共 ${duration}`,

  scale: '刻度',
  scales: { time: '时间', compact: '时间，压缩空闲段', sequence: '开始和结束的先后顺序' },
  idle: (duration) => `空闲 ${duration}`,
  idleCut: (count) => `已压缩 ${number(count)} 个空闲段`,
  inOrder: '按先后顺序，不按比例',

  layout: '时间线',
  layouts: { time: '火焰图，按时间', icicle: '冰柱图，按时长' },
  icicleNote: 'span 的宽度是它自身的时长，或其内部 Span 时长之和（取较大者）。',

  matchesInside: (count) => `内含 ${number(count)} 处匹配`,

  parentMissing: '尚未收到上级 Span',
  newest: '最新',
  newestHint: '转到最新的 Span 并跟随',
};
