/** A module that is loaded when it is first needed, and asked at once from then on. */
export class Later<Module> {
  /** Absent until it is loaded. */
  value: Module | undefined;
  readonly #import: () => Promise<Module>;

  constructor(load: () => Promise<Module>) {
    this.#import = load;
  }

  /** Begins anew after a failure. */
  async load(): Promise<Module> {
    return (this.value ??= await this.#import());
  }
}
