/** What happened inside calls of models, and how long it took. */
export { stagePlace, STAGES, knownStage, type KnownStage } from './stage-names.js';
export {
  LATENCIES,
  type Arrivals,
  type Latency,
  type LatencyFigure,
  type MeasuredBy,
  type StageRecord,
  type StageTime,
} from './stage-record.js';
export { mayHaveStages } from './may-have-stages.js';
export { gapsOf } from './completed.js';
export { stagesOf, stallsOf, type Stall } from './stages-of.js';
export {
  stageFigures,
  stageFiguresInSteps,
  type StageFigure,
  type StageFigures,
  type StageMoment,
} from './stage-figures.js';
