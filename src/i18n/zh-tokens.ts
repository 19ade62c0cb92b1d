import type { TokenWords } from './en-tokens.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

export const CHINESE_TOKENS: TokenWords = {
  title: '词元',
  colourBy: '着色依据',
  measures: { probability: '概率', rank: '排名', entropy: '熵' },
  scale: '从确定到不确定',
  previousUncertain: '上一个不确定的词元',
  nextUncertain: '下一个不确定的词元',
  noUncertain: '没有不确定的词元',
  table: '表格',
  prompt: '提示词',
  output: '输出',
  keys: '方向键在词元之间移动，按住 Shift 可选择一段；n 和 p 跳到下一个和上一个不确定的词元。',
  percent: (value) => `${value}%`,

  outputTokens: (count) => `${number(count)} 个输出词元`,
  promptTokens: (count) => `${number(count)} 个提示词元`,
  knownFor: (count) => `其中 ${number(count)} 个的概率已知`,
  sum: '对数概率之和',
  mean: '平均对数概率',
  perplexity: '困惑度',
  uncertain: (count) => `${number(count)} 个不确定的词元`,
  dist: { raw: '原始', processed: '处理后', unknown: '原始或处理后：未说明' },
  distHint: {
    raw: '模型本身的概率，未经温度、惩罚和 top-p 处理',
    processed: '经温度、惩罚和 top-p 处理后的概率',
    unknown: '服务商未说明这些概率是否已经过温度、惩罚和 top-p 处理',
  },
  onlyMean: '服务商只给出了所有词元的平均值。',
  entropyEstimated: '由最可能的词元算出：至少这么多',
  dropped: (what) => `未显示：${what}`,

  token: (text, details) => `“${text}”，${details}`,
  tokens: (from, to) => `第 ${number(from)} 到 ${number(to)} 个词元`,
  logprob: '对数概率',
  id: '编号',
  bytes: '字节',
  after: '时间',
  place: '词元',
  chosen: '已选中',
  others: '其余全部',
  notKnown: '未知',
  rankBeyond: (rank) => `${number(rank)} 名之后`,
  atLeast: (value) => `≥ ${value}`,
  moreLikely: (count) => `另有 ${number(count)} 个`,
  likely: '最可能的词元',

  fields: '工具调用参数和 JSON 字段',
  field: '字段',
  value: '值',
  weakest: '最不可能的词元',

  notCaptured: '没有记录词元的概率。',
  howTo: '调用时提出要求，追踪中才会有：',
  approximate: (name) => `按 ${name} 划分的词元：只是近似，并非模型实际收到的内容。没有记录概率。`,
  tokenizing: '正在划分文本…',
  tokenizerFailed: (reason) => `分词器失败：${reason}`,
  problems: '记录中有误、已略去的部分：',
  notLoaded: '无法加载此视图。',
};
