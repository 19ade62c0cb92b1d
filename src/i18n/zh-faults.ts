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
    backend: {
      address: ({ address }) => `“${address}”不是有效的地址。`,
      network: ({ title, address }) => `${address} 没有响应。请检查地址是否正确、${title} 是否在运行以及网络是否可用。`,
      cors: ({ title, setting }) =>
        setting === undefined
          ? `${title} 不允许此页面读取（CORS）。请通过您自己服务器上的中继访问。`
          : `${title} 不允许此页面读取（CORS）。请在其中设置 ${setting}，或通过您自己服务器上的中继访问。`,
      timeout: ({ title }) => `${title} 长时间没有响应，请求已放弃。请缩短时间范围、减少追踪数量，或重试。`,
      key: ({ title, status }) => `${title} 需要密钥，或需要另一个密钥（${status}）。`,
      forbidden: ({ title, status }) => `此密钥无权从 ${title} 读取（${status}）。`,
      'not-found': ({ title, address, status }) =>
        `${title} 在 ${address} 没有此接口（${status}）。请检查地址：不应包含接口的路径。`,
      'too-many': ({ title, status, wait }) =>
        `对 ${title} 的请求过于频繁（${status}）。${wait === undefined ? '' : `它要求等待 ${number(wait)} 秒。`}`,
      refused: ({ title, status }) => `${title} 不接受此查询（${status}）。`,
      server: ({ title, status }) => `${title} 出现故障（${status}），请稍后重试。`,
      page: ({ title, address }) => `${address} 是网页，而不是 ${title} 的接口。请检查地址，或先登录。`,
      unreadable: ({ title, address }) => `${title} 在 ${address} 返回了意外的内容。`,
      gone: ({ title, status }) => `${title} 已没有下一页（${status}）。已显示的内容保持不变；重新开始可查看当前内容。`,
    },
  },
};
