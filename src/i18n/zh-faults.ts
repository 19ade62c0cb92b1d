import type { FaultWords } from './fault-text.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

export const CHINESE_FAULTS: FaultWords = {
  problems: {
    'missing-parent': ({ span, id }) => `Span ${span} 的父 Span ${id} 不在此追踪中。`,
    'self-parent': ({ span }) => `Span ${span} 将自身标为父 Span，现作为根显示。`,
    cycle: ({ span }) => `Span ${span} 是自身的祖先。循环在此断开，该 Span 作为根显示。`,
    'duplicate-id': ({ span, id, count }) => {
      if (!count) return `Span ${span} 多次出现且每次相同，只显示一次。`;
      return count === 2
        ? `两个不同的 Span 使用了同一个 ID ${id}，后一个显示为 ${span}。`
        : `${number(count)} 个不同的 Span 使用了同一个 ID ${id}，后面的依次显示为 ${span} 等。`;
    },
    'missing-id': ({ name }) => `Span“${name}”没有 ID。`,
    'missing-start': ({ span }) => `Span ${span} 没有开始时间。`,
    'missing-end': ({ span }) => `Span ${span} 没有结束时间：当时仍在运行。`,
    'end-before-start': ({ span, time }) => `Span ${span} 的结束时间比开始时间早 ${time}。`,
    'several-roots': ({ count }) => `此追踪有 ${number(count)} 个根。`,
    'several-traces': ({ count }) => `数据源包含 ${number(count)} 条追踪。`,
    'unreadable-record': ({ message }) => `数据源的一部分未能读取：${message}`,
  },
  errors: {
    empty: '数据源为空，或不含任何 Span。',
    syntax: (line, column) => `这不是有效的 JSON：第 ${number(line)} 行，第 ${number(column)} 列。`,
    unknownFormat: '这不是已知格式的追踪。',
    tooLarge: '数据过大，无法在此读取。',
    address: '这不是有效的地址。',
    http: (status) => `服务器以状态码 ${status} 拒绝了请求。`,
    network: '服务器没有响应，或不允许此页面读取其响应。',
    timeout: '服务器长时间未发送任何数据。',
  },
};
