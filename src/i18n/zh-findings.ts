import type { FindingWords } from './finding-text.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

/** The findings of the analysis in Chinese, by the name of the rule. */
export const CHINESE_FINDINGS: ReadonlyMap<string, FindingWords> = new Map<string, FindingWords>([
  [
    'tools-in-a-row',
    {
      title: '不必要的串行工具调用',
      rule: '同一父 Span 下的工具依次执行，而前一个工具输出的值都没有出现在后一个工具的输入中。',
      found: ({ count, share, otherTime }) =>
        `${share} 的时间用于依次执行 ${number(count)} 个互不依赖的工具调用。并行执行可节省 ${otherTime}。`,
    },
  ],
  [
    'longest-gap',
    {
      title: '最长空闲',
      rule: '一个仅包含其他 Span 的 Span 在运行，但其内部有十分之一或更长的时间没有任何 Span 在运行。',
      found: ({ name, time, share }) => `${name} 内部有 ${time}（占 ${share}）没有任何 Span 在运行。`,
    },
  ],
  [
    'slowest-kind',
    {
      title: '时间花在哪里',
      rule: '某一类型的 Span（不含其内部的 Span）占了五分之三或更多的工作时间。',
      found: ({ name, time, share }) => `${share} 的工作时间用于类型为“${name}”的 Span：${time}。`,
    },
  ],
  [
    'slow-first-token',
    {
      title: '首个 Token 过慢',
      rule: '一次调用用了五秒或更久才开始回答。',
      found: ({ count, time }) => `${number(count)} 次调用开始回答较晚，最慢的用了 ${time}。`,
    },
  ],
  [
    'low-token-rate',
    {
      title: '回答缓慢',
      rule: '一个不少于 50 个 Token 的回答，从首个 Token 起每秒不足 10 个 Token。',
      found: ({ count, rate }) => `${number(count)} 个回答生成缓慢，最慢的每秒 ${rate} 个 Token。`,
    },
  ],
  [
    'retried-calls',
    {
      title: '重试的调用',
      rule: '一次调用失败后，又进行了相同的尝试。',
      found: ({ count, time }) => `${number(count)} 次尝试失败后重试，共耗时 ${time}。`,
    },
  ],
  [
    'rate-limits',
    {
      title: '速率限制',
      rule: '服务器因调用过多而拒绝了调用。',
      found: ({ count, time }) =>
        `${number(count)} 次调用因速率限制被拒绝${time ? `；服务器要求最多等待 ${time}。` : '。'}`,
    },
  ],
  [
    'repeated-tool-calls',
    {
      title: '重复的调用',
      rule: '工具并未失败，智能体却以相同的参数再次调用它。',
      found: ({ count, name }) => `${name} 以相同的参数被调用了 ${number(count)} 次。`,
    },
  ],
  [
    'context-growth',
    {
      title: '上下文增长',
      rule: '智能体的四次或更多次调用，输入逐次增多，达到三倍且不少于 8,000 个 Token。',
      found: ({ count, tokens, otherTokens }) =>
        `在 ${number(count)} 次调用中，模型的输入从 ${tokens} 个 Token 增长到 ${otherTokens} 个。`,
    },
  ],
  [
    'prompt-cache-misses',
    {
      title: '未命中提示词缓存',
      rule: '一次调用在五分钟内接续了上一次调用，但其中来自缓存的不足一半。',
      found: ({ count, tokens }) => `${number(count)} 次调用重新读取了 ${tokens} 个本可来自提示词缓存的 Token。`,
    },
  ],
  [
    'truncated-outputs',
    {
      title: '回答被截断',
      rule: '提供商表示回答达到了 Token 上限。',
      found: ({ count }) => `${number(count)} 个回答因达到 Token 上限被截断。`,
    },
  ],
  [
    'most-expensive-call',
    {
      title: '最贵的调用',
      rule: '在三次或更多次调用中，其中一次的费用不低于其他所有调用之和。',
      found: ({ name, cost, share }) => `${name} 花费 ${cost}，占总额的 ${share}。`,
    },
  ],
  [
    'usage-counted-twice',
    {
      title: 'Token 重复标明',
      rule: '一个 Span 重复了其内部或旁边的调用的 Token。此处求和时只计一次。',
      found: ({ count, tokens }) =>
        `${number(count)} 个 Span 重复标明了其他 Span 也标明的 ${tokens} 个 Token。此处只计一次；其他工具可能会重复计算。`,
    },
  ],
]);
