import type { ComplexAttributeConverter } from 'lit';

/** For attributes that may be absent: Lit gives `null` for a removed one, the kit says `undefined`. */
export const optionalText: ComplexAttributeConverter<string | undefined> = {
  fromAttribute: (value) => value ?? undefined,
};
