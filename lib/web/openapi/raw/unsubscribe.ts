import type { RawDescription } from "#lib/web/openapi/description.ts";

/** Where a signed unsubscribe address leads people. */
export const unsubscribePageDescription: RawDescription = {
  answers: { 303: { description: "To a page of this site.", headers: { Location: "Which." } } },
};
