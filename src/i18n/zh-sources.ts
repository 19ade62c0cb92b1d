import type { SourceWords } from './en-sources.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');
const documents = (count: number): string => `${number(count)} 篇文档`;
const stretches = (count: number): string => `${number(count)} 处`;

export const CHINESE_SOURCES: SourceWords = {
  title: '来源',
  methods: { verbatim: '逐字匹配', citation: '引用', retrieval: '检索到的文档', influence: '估计的影响' },
  honest: {
    verbatim: '逐字匹配，并非证明：这些词语也出现在文档中。这既不是模型写出它们的原因，也没有核实其真实性。',
    citation: '由模型或其提供方引用。此处没有核实来源是否如此说。',
    retrieval:
      '模型得到了这些文档。标出的是与文档逐字相同的内容（至少五个词，或整篇文档）：匹配并不证明文档被使用，换了说法的内容也找不到。',
    influence: '由某种方法估计：分数并不证明文档就是原因。',
  },
  method: '来源类型',
  answer: '回答',
  documents: '文档',
  counts: (spans, count) => `回答中 ${stretches(spans)}，${documents(count)}。`,
  relevance: { high: '相关性高', medium: '相关性中', low: '相关性低', unknown: '未说明相关性' },
  span: (text, count) => `“${text}”，${documents(count)}`,
  chosenSpan: (count) => `所选内容对应 ${documents(count)}。`,
  chosenDocument: (count) => `所选文档对应回答中 ${stretches(count)}。`,
  nothingChosen: '显示全部文档。',
  clear: '显示全部',
  spansOf: (count) => `回答中 ${stretches(count)}`,
  noSpans: '回答中没有对应内容',
  repeated: (times) => `列出 ${number(times)} 次`,
  inCorpus: (count) => `语料库中出现 ${number(count)} 次`,
  score: '评分',
  from: (source) => `来自 ${source}`,
  noName: '未命名文档',
  fullText: '全文',
  morePassages: (count) => `还有 ${number(count)} 处`,
  moreNotShown: (count) => `还有 ${number(count)} 项未显示。`,
  lost: (count) => `记录中有 ${stretches(count)}不在此回答中。`,
  table: '匹配内容表格',
  stretch: '内容',
  keys: '方向键在匹配内容之间移动，回车选择，Esc 显示全部。',

  noAnswer: '记录中没有回答本身。',
  noMatch: {
    verbatim: '没有逐字匹配。文档可能用其他说法表达了相同内容。',
    citation: '没有引用标明在回答中的位置。',
    retrieval: '回答与任何文档都没有连续五个词相同。',
    influence: '没有指明回答中的任何内容。',
  },
  notCaptured: '没有采集此回答的来源。',
  howTo: '当提供方给出引用、检索器记录了文档并交给了模型，或查询了 OLMoTrace 时，trace 中才有来源。',
  notLoaded: '无法加载此视图。',
};
