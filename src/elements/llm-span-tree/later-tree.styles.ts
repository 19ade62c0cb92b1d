import { css } from 'lit';

/** Of what is not in the first picture of a tree: what people choose, what a search has found, time that is cut short, what came last. */
export const laterTreeStyles = css`
  /* The box of a row is drawn by the row: a node in each would be for nobody who does not choose. */
  [data-choosing] .rows .row::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    width: 24px;
    background:
      linear-gradient(var(--_background) 0 0) center / 10px 10px no-repeat,
      linear-gradient(var(--_muted) 0 0) center / 12px 12px no-repeat;
  }
  [data-choosing] .rows .row.chosen::before {
    background:
      linear-gradient(var(--_focus) 0 0) center / 6px 6px no-repeat,
      linear-gradient(var(--_background) 0 0) center / 10px 10px no-repeat,
      linear-gradient(var(--_focus) 0 0) center / 12px 12px no-repeat;
  }
  [data-choosing] .row > .name {
    flex-basis: calc(var(--_name) - 24px);
    min-width: calc(var(--_least-name) - 24px);
    margin-inline-start: 24px;
  }
  .match-mark {
    display: inline-block;
    min-width: 16px;
    margin-inline-end: 6px;
    padding-inline: 4px;
    box-sizing: border-box;
    border-radius: 8px;
    line-height: 16px;
    font-size: var(--_font-size-small);
    text-align: center;
    background: var(--_mark);
    color: var(--_text);
  }
  /* What a search did not find, or only kept as the way to what it found. */
  .dim .label {
    color: var(--_muted);
  }
  .dim .name > svg,
  .dim .bar,
  .dim .critical {
    opacity: 0.35;
  }
  mark {
    border-radius: 2px;
    background: var(--_mark);
    color: var(--_text);
  }
  /* Time that is cut short. */
  .break {
    position: absolute;
    inset-block: 0;
    left: calc(var(--at) * 1%);
    width: calc(var(--wide) * 1%);
    min-width: 4px;
    background: repeating-linear-gradient(135deg, var(--_line) 0 2px, transparent 2px 6px);
  }
  .header .break {
    pointer-events: auto;
  }
  .break > span {
    position: absolute;
    top: 50%;
    left: 100%;
    translate: 3px -50%;
    font-style: italic;
  }

  .newest {
    position: absolute;
    inset-block-end: 12px;
    inset-inline-end: 20px;
    z-index: 3;
    background: var(--_background);
    box-shadow: 0 1px 4px color-mix(in srgb, var(--_text) 25%, transparent);
  }
  .newest[hidden] {
    display: none;
  }
  .noted .newest {
    inset-block-end: 40px;
  }
  @media (forced-colors: active) {
    mark,
    .match-mark {
      background: Mark;
      color: MarkText;
      forced-color-adjust: none;
    }
    .dim .label {
      color: GrayText;
    }
  }
`;
