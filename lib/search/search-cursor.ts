import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { deepestOffset } from "#lib/search/engine.ts";

const schema = z.tuple([z.number().int().min(1).max(deepestOffset)]);

/** The cursor of the page that begins after so many videos. */
export const encodeSearchCursor = (offset: number): string =>
  Buffer.from(JSON.stringify([offset])).toString("base64url");

/** How many videos a page begins after. Throws `invalid_input` for a cursor that is not ours. */
export const decodeSearchCursor = (cursor: string | undefined): number => {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const parsed = schema.safeParse(/^\[\d{1,6}\]$/.test(text) ? JSON.parse(text) : null);
  if (!parsed.success) throw new AppError("invalid_input", { fields: { cursor: "cursor_unknown" } });
  return parsed.data[0];
};
