import { css } from 'lit';

/** What a list has only where its traces come from a backend. */
export const sourceStyles = css`
  .field {
    display: flex;
    align-items: center;
    gap: 5px;
    min-width: 0;
    font-size: var(--_font-size-small);
    color: var(--_muted);
  }
  .field:has(:disabled) {
    opacity: 0.6;
  }
  .field input {
    min-width: 0;
    width: 130px;
    color: var(--_text);
  }
  .field input[type='checkbox'] {
    width: auto;
    flex: none;
  }
  .field.native {
    flex: 1 1 200px;
  }
  .field.from input,
  .field.to input {
    width: 178px;
  }
  .field.native input {
    flex: 1;
    font-family: var(--_font-mono);
  }
  .foot {
    flex: none;
    max-height: 50%;
    padding: 6px 12px;
    overflow: auto;
    font-size: var(--_font-size-small);
    color: var(--_muted);
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  .foot p,
  .nothing p {
    margin: 0 0 4px;
  }
  .note {
    display: block;
  }
`;
