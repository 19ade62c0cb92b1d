export { LlmFindings } from './llm-findings/llm-findings.js';
