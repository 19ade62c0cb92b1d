import type { TemplateResult } from 'lit';
import { icon } from './first-icons.js';

// Those that are shown at first are in `first-icons.ts`.

/** Of a service: two machines in a rack. */
export const serviceIcon = (): TemplateResult =>
  icon('M2.4 2.6h11.2v4.6H2.4zM2.4 8.8h11.2v4.6H2.4zM5 4.9h.1M5 11.1h.1');
export const chevronIcon = (): TemplateResult => icon('m6 4 4 4-4 4', 12);
export const noteIcon = (): TemplateResult =>
  icon('M1.8 8a6.2 6.2 0 1 0 12.4 0 6.2 6.2 0 1 0-12.4 0M8 7.4v3.8M8 4.9v.1', 13);
export const plusIcon = (): TemplateResult => icon('M8 3.2v9.6M3.2 8h9.6');
export const minusIcon = (): TemplateResult => icon('M3.2 8h9.6');
/** Arrows from the middle to both sides. */
export const fitIcon = (): TemplateResult =>
  icon('M1.8 3v10M14.2 3v10M4.2 8h7.6M6.2 5.8 4 8l2.2 2.2M9.8 5.8 12 8l-2.2 2.2');
export const copyIcon = (): TemplateResult =>
  icon(
    'M7 5.4h5a1.6 1.6 0 0 1 1.6 1.6v5a1.6 1.6 0 0 1-1.6 1.6h-5A1.6 1.6 0 0 1 5.4 12V7A1.6 1.6 0 0 1 7 5.4zM10.6 5.4V3.6A1.2 1.2 0 0 0 9.4 2.4H3.6a1.2 1.2 0 0 0-1.2 1.2v5.8a1.2 1.2 0 0 0 1.2 1.2h1.8',
  );
export const folderIcon = (): TemplateResult => icon('M1.8 12.8V3.4h4.4l1.6 1.8h6.4v7.6z');
/** An eye, and one that is struck out. */
export const maskIcon = (isMasked: boolean): TemplateResult =>
  icon(
    `M1.6 8S4 3.8 8 3.8 14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8zM6.2 8a1.8 1.8 0 1 0 3.6 0 1.8 1.8 0 1 0-3.6 0${isMasked ? 'M2.6 13.4 13.4 2.6' : ''}`,
  );
export const markdownIcon = (): TemplateResult =>
  icon('M1.8 11.8V4.2l3 3.6 3-3.6v7.6M12 4.2v7.4M9.6 9.3l2.4 2.5 2.4-2.5');
export const saveIcon = (): TemplateResult => icon('M8 2.2v7.6M4.8 7 8 10.2 11.2 7M2.8 13.2h10.4');
export const checkIcon = (): TemplateResult => icon('m3 8.6 3.2 3.2L13 4.6');
export const closeIcon = (): TemplateResult => icon('m4 4 8 8M12 4l-8 8');
export const parentIcon = (): TemplateResult => icon('M12.6 12.6H6.4V4M3.4 7l3-3 3 3', 12);
export const previousIcon = (): TemplateResult => icon('m4 10 4-4 4 4');
export const nextIcon = (): TemplateResult => icon('m4 6 4 4 4-4');
export const personIcon = (): TemplateResult =>
  icon('M5.2 5a2.8 2.8 0 1 0 5.6 0 2.8 2.8 0 1 0-5.6 0M2.8 14a5.2 5.2 0 0 1 10.4 0');
export const instructionsIcon = (): TemplateResult => icon('M4 1.8h5.6L12.6 5v9.2H4zM6.4 7.4h3.8M6.4 10.2h3.8');
export const starIcon = (): TemplateResult =>
  icon('m8 1.9 1.9 3.9 4.3.6-3.1 3 .7 4.3L8 11.7l-3.8 2 .7-4.3-3.1-3 4.3-.6z');
export const thumbUpIcon = (): TemplateResult =>
  icon('M5 7.2v6H2.6v-6zM5 7.2 7.6 2c1 0 1.8.8 1.8 1.8v2.4h3.2c.8 0 1.4.7 1.3 1.5l-.7 4.2c-.1.8-.7 1.3-1.4 1.3H5');
export const thumbDownIcon = (): TemplateResult =>
  icon('M5 8.8v-6H2.6v6zM5 8.8 7.6 14c1 0 1.8-.8 1.8-1.8V9.8h3.2c.8 0 1.4-.7 1.3-1.5l-.7-4.2c-.1-.8-.7-1.3-1.4-1.3H5');
