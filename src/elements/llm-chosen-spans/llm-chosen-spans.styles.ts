import { css } from 'lit';

export const chosenSpansStyles = css`
  .frame {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    height: auto;
    min-height: 36px;
    padding: 4px 12px;
    border-block-start: 1px solid var(--_line);
    background: var(--_surface);
  }
  p {
    flex: 1 1 200px;
    margin: 0;
    min-width: 0;
  }
  label {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_muted);
  }
  select {
    min-height: 24px;
    max-width: 100%;
    color: var(--_text);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_background);
  }
`;
