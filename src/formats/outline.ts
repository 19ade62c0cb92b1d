export { emptyOutline } from '../model/index.js';
