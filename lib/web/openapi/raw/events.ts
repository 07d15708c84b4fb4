import type { RawDescription } from "#lib/web/openapi/description.ts";

/** A stream of server-sent events (HTML standard, 9.2). */
export const eventsDescription: RawDescription = {
  answers: {
    200: {
      description: "A stream that stays open: `event:` names what happened, `data:` is JSON.",
      content: { "text/event-stream": "text" },
    },
  },
};
