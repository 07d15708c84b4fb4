import { checkDocument } from "#scripts/openapi/document.ts";
import { fromFindings, type Gate } from "#scripts/validate/gate.ts";

/** Every route says what it takes and answers, and the API's stored document says the same. */
export const openapiGate: Gate = { name: "API document", run: async () => fromFindings(await checkDocument()) };
