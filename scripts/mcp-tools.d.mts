import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { jsonSchemaValidator as Validator } from '@modelcontextprotocol/sdk/validation/types.js';

export function toolServer(): Server;

export const jsonSchemaValidator: Validator;
