import { LlmContributionView } from '../elements/llm-contribution-view/llm-contribution-view.js';
import { define } from '../internal/define.js';

define('llm-contribution-view', LlmContributionView);
export type { LlmContributionView };
