import type { GradientWords } from './en-gradients.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

export const CHINESE_GRADIENTS: GradientWords = {
  title: '梯度',
  metrics: { l2: '范数', rms: '均方根', max: '最大值', update_ratio: '更新与权重之比' },
  states: {
    nan: '非数值',
    exploding: '爆炸',
    dead: '失活',
    vanishing: '消失',
    normal: '正常',
    missing: '未记录',
  },
  rules: {
    nan: 'NaN 或无穷大',
    exploding: (norm, factor) => `${norm === undefined ? '' : `大于 ${norm}，或`}大于之前 20 步中位数的 ${factor} 倍`,
    dead: (steps) => `连续至少 ${number(steps)} 步恰好为 0`,
    vanishing: (ratio) => `小于同一步最大值的 ${ratio} 倍`,
  },
  stated: '异常由记录本身标明。',
  estimated: '由直方图估算。',
  howRead: '这些规则仅供提示，不能作为证明。',

  extent: (steps, layers) => `${number(steps)} 步，${number(layers)} 层。`,
  extentGlobal: (steps) => `${number(steps)} 步。`,
  norms: (metric, least, greatest) => `梯度${metric}从 ${least} 到 ${greatest}。`,
  flagged: (state, rows, of, names) =>
    `${state}：${rows === of ? (of === 1 ? '是' : `全部 ${number(of)} 层`) : `${number(of)} 层中的 ${number(rows)} 层`}${names.length ? `（${names.join('、')}）` : ''}。`,
  healthy: '健康：没有梯度消失、爆炸或失活。',
  course: (what, first, last) => `${what}：从 ${first} 到 ${last}。`,

  loss: '损失',
  learningRate: '学习率',
  global: '全局范数',
  logarithmic: '对数刻度',
  allLayers: '所有层合计',
  step: (step) => `第 ${step} 步`,
  steps: (from, to) => `第 ${from} 至 ${to} 步`,
  scale: '颜色',
  sort: '排序',
  orders: { layers: '按顺序', greatest: '最大值在前' },
  group: '按层',
  table: '表格',
  keys: '方向键在单元格间移动，N 和 P 跳到下一个和上一个异常单元格，加号和减号缩放，0 显示全部步，Shift 加左右键沿步移动。',
  zoomIn: '显示更少步',
  zoomOut: '显示更多步',
  zoomAll: '全部步',

  layer: '层',
  first: '最初',
  last: '最后',
  least: '最小',
  greatest: '最大',
  greatestAt: (value, step) => `${value}（第 ${step} 步）`,
  oddSteps: '异常步',
  oddStep: (state, count, from, to) =>
    `${state}：${number(count)}（${from === to ? `第 ${from} 步` : `第 ${from} 至 ${to} 步`}）`,

  notCaptured: '此 span 的梯度未被记录。',
  layersNotCaptured: '各层的范数未被记录。',
  howTo: '可用 recordGradients() 记录，或打开 trainer_state.json、TensorBoard 事件文件或 wandb 历史。',
  notLoaded: '无法加载此视图。',
  unreadable: '无法读取梯度。',
};
