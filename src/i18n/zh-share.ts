import type { ShareWords } from './en-share.js';
import { formatNumber } from './format.js';

const number = (value: number): string => formatNumber(value, 'zh');

const withMasked = (masked: number | undefined): string =>
  masked === undefined ? '保持原样' : `已脱敏 ${number(masked)} 处`;

export const CHINESE_SHARE: ShareWords = {
  share: '分享',
  masked: '去除敏感信息和个人数据',
  maskedHint: '密钥、电子邮件地址、卡号等。无法识别人名。',
  maskedCopy: '已脱敏',
  asItIs: '保持原样：包含全部内容和所有敏感信息',
  asItIsButByHand: (count) => `保持原样，但手动遮盖的 ${number(count)} 段文本除外`,
  original: '读取时的追踪文件',
  otlp: 'OpenTelemetry (OTLP JSON)',
  htmlFile: '包含此视图的 HTML 文件',
  markdown: '复制为 Markdown',
  timelineSvg: '时间线存为 SVG',
  timelinePng: '时间线存为 PNG',
  timelineCopy: '复制时间线',
  print: '打印',
  allTraces: (count) => `${number(count)} 个追踪`,
  thisTrace: '此追踪',
  thisSpan: '所选 Span 及其内部的一切',
  saved: (name, masked) => `已保存 ${name}：${withMasked(masked)}。`,
  copied: (masked) => `已复制：${withMasked(masked)}。`,
  working: '正在处理…',
  failed: (reason) => `操作失败：${reason}`,
  cannotCopy: '此页面无权写入剪贴板。',
  noOriginal: '读取的内容已不在。OTLP 包含相同的 Span。',
  noProgram: '此页面未指明 HTML 文件的脚本来自哪里。',
  maskText: '遮盖此文本',
  revealText: '显示此文本',
  openFile: '打开追踪文件',
  dropHere: '将追踪文件拖放到此处。文件只在本页面读取，不会发送到任何地方。',
  noFiles: '拖放的内容不是文件。',
  printedPart: (shown, total) => `共 ${number(total)} 个 Span，此处为前 ${number(shown)} 个。`,
};
