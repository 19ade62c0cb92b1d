import type { BackendWords } from './en-backends.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

export const CHINESE_BACKENDS: BackendWords = {
  fields: {
    name: '名称',
    status: '错误',
    model: '模型',
    service: '服务',
    sessionId: '会话',
    userId: '用户',
    tag: '标签',
    from: '从',
    to: '到',
    minDuration: '最短时长',
    maxDuration: '最长时长',
    native: '查询',
  },
  onlyFailed: '仅含错误',
  query: '要查询的追踪',
  shown: (shown, total) =>
    total === undefined ? `前 ${number(shown)} 个追踪，还有更多` : `${number(shown)} / ${number(total)} 个追踪`,
  shownAll: (shown) => (shown === 1 ? '仅有的 1 个追踪' : `全部 ${number(shown)} 个追踪`),
  loadingMore: '正在加载更多追踪…',
  more: '更多',
  since: (moment) => `自 ${moment} 起`,
  notFiltered: (backend, fields) => `${backend} 不支持按此筛选，因此未应用：${fields}`,
  cannotFilter: (backend) => `${backend} 不支持按此筛选`,
  incomplete: '可能缺少部分追踪：',
  keepsShown: '上方的追踪保持不变。',
  beginAgain: '重新开始',
  figuresOf: (read, total) =>
    total === undefined
      ? `前 ${number(read)} 个追踪的指标，还有更多`
      : `${number(total)} 个追踪中 ${number(read)} 个的指标`,
};
