import type { SchemaDraft } from '@cfworker/json-schema';
import { isModelCall, passed, type Evaluator, type EvaluatorOptions } from './evaluator.js';

export interface ValidJsonOptions extends EvaluatorOptions {
  /** The page's own JSON schema. Without one, any JSON is fine. */
  schema?: object | boolean;
  /** The draft of JSON schema. `2020-12` where not said otherwise. */
  draft?: SchemaDraft;
}

/** How many of the things that are wrong are told. */
const MOST_TOLD = 3;

/** Whether the answer is JSON, and fits a schema. JSON with anything around it, such as a code fence, is none. */
export const validJson = ({
  name = 'valid JSON',
  isFor = isModelCall,
  schema = true,
  draft = '2020-12',
}: ValidJsonOptions = {}): Evaluator => {
  let validating: Promise<(value: unknown) => readonly string[]> | undefined;
  return {
    name,
    source: 'code',
    isFor,
    judge: async ({ answer }) => {
      if (answer === undefined) return undefined;
      let value: unknown;
      try {
        value = JSON.parse(answer);
      } catch (error) {
        return passed(false, (error as Error).message);
      }
      if (schema === true) return passed(true);
      const wrong = (await (validating ??= validatorOf(schema, draft)))(value);
      return passed(wrong.length === 0, wrong.length ? wrong.slice(0, MOST_TOLD).join('\n') : undefined);
    },
  };
};

/** The validator is loaded when it is first used; it makes no code of the schema, which strict policies would refuse. */
async function validatorOf(
  schema: object | boolean,
  draft: SchemaDraft,
): Promise<(value: unknown) => readonly string[]> {
  const { Validator } = await import('@cfworker/json-schema');
  const validator = new Validator(schema, draft, false);
  return (value) => {
    const { errors } = validator.validate(value);
    // What holds something wrong is told before it: the place itself is enough.
    const isHolder = (index: number): boolean =>
      errors[index]!.keyword === '$ref' ||
      (errors[index + 1]?.instanceLocation.startsWith(`${errors[index]!.instanceLocation}/`) ?? false);
    return errors.flatMap(({ instanceLocation, error }, index) =>
      isHolder(index) ? [] : [`${instanceLocation}: ${error}`],
    );
  };
}
