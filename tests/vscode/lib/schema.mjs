// A strict JSON Schema of the server's messages, made of the protocol's published TypeScript types: what
// they do not name is an error, unlike in the libraries that read messages into types.

import { fileURLToPath } from "node:url";

import Ajv from "ajv";
import { createGenerator } from "ts-json-schema-generator";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** What the types say in words alone. */
const TIGHTER = {
  integer: { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 },
  uinteger: { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 },
  DocumentUri: { type: "string", pattern: "^[a-z][a-z0-9+.-]*:" },
};

/** The longest value that an error message shows. */
const SHOWN = 500;

const generator = createGenerator({ path: here("messages.ts"), tsconfig: here("../tsconfig.json"), type: "*" });
const schema = generator.createSchema("*");
Object.assign(schema.definitions, TIGHTER);
const ajv = new Ajv({ strict: false }).addSchema(schema, "messages");

/** What is wrong with a request's result; nothing if all is well. */
export const resultFault = (method, value) => faultOf("Results", method, value);

/** What is wrong with the parameters of what the server sends unasked. */
export const paramsFault = (method, value) => faultOf("Params", method, value ?? null);

/** What is wrong with the error of a response. */
export const failureFault = (value) => mismatch(ajv.getSchema("messages#/definitions/Failure"), "an error", value);

function faultOf(list, method, value) {
  // Of a JSON pointer within a fragment.
  const name = encodeURIComponent(String(method).replaceAll("~", "~0").replaceAll("/", "~1"));
  const known = Object.hasOwn(schema.definitions[list].properties, method);
  if (!known) return `${method} is not among the ${list} of messages.ts`;
  return mismatch(ajv.getSchema(`messages#/definitions/${list}/properties/${name}`), method, value);
}

function mismatch(validate, what, value) {
  if (validate(value)) return undefined;
  const shown = JSON.stringify(value)?.slice(0, SHOWN);
  return `${what}: ${ajv.errorsText(validate.errors, { dataVar: "it" })}: ${shown}`;
}
