/** What all events of the kit share: they bubble, and they leave the shadow trees that they come from. */
export class LlmEvent<Detail> extends Event {
  readonly detail: Detail;

  constructor(type: string, detail: Detail, { cancelable = false } = {}) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.detail = detail;
  }
}
