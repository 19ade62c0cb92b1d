/** Registers every element. */
import './define/llm-feedback.js';
import './define/llm-findings.js';
import './define/llm-json.js';
import './define/llm-media.js';
import './define/llm-messages.js';
import './define/llm-metric-summary.js';
import './define/llm-span-detail.js';
import './define/llm-span-tree.js';
import './define/llm-statistics.js';
import './define/llm-text-block.js';
import './define/llm-timeline.js';
import './define/llm-trace-graph.js';
import './define/llm-trace-list.js';
import './define/llm-trace-view.js';
