export {
  flaggedRows,
  gradientTableInSteps,
  rowOrder,
  type GradientRow,
  type GradientTable,
  type GradientTableOptions,
} from './gradient-table.js';
export {
  FLAGGED_STATES,
  GRADIENT_RULES,
  GRADIENT_STATES,
  stateCode,
  type GradientRules,
  type GradientState,
} from './rules.js';
export { layerOf } from './layers.js';
