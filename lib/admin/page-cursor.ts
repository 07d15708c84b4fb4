import { z } from "zod";
import { AppError } from "#lib/errors.ts";

const unknownCursor = (cause: unknown) =>
  new AppError("invalid_input", { fields: { cursor: "cursor_unknown" }, cause });

/** A position in a list as the opaque text that clients hand back. */
export const encodeCursor = (position: unknown): string => Buffer.from(JSON.stringify(position)).toString("base64url");

/** The position in a cursor of ours; undefined without one. Throws `invalid_input` for any other text. */
export const decodeCursor = <S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | undefined => {
  if (cursor === undefined) return undefined;
  let position: unknown;
  try {
    position = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (error) {
    throw unknownCursor(error);
  }
  const parsed = schema.safeParse(position);
  if (!parsed.success) throw unknownCursor(parsed.error);
  return parsed.data;
};

/** What every list of the admin area may be asked for. */
export const pageFields = {
  cursor: z.string().min(1).max(300).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};

/** A page of at most `limit` of one row more, with the cursor of the next one. */
export const pageOf = <Row, Item>(
  rows: readonly Row[],
  { limit, toItem, toPosition }: { limit: number; toItem: (row: Row) => Item; toPosition: (row: Row) => unknown },
): { items: Item[]; nextCursor: string | null } => {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const isLast = rows.length <= limit || last === undefined;
  return { items: page.map(toItem), nextCursor: isLast ? null : encodeCursor(toPosition(last)) };
};
