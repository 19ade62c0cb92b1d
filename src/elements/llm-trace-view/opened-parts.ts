export { DetailPane } from './detail-pane.js';
export { renderLaterView } from './later-views.js';
export { renderPrintOutline } from './print-outline.js';
export { ViewTools } from './view-tools.js';
