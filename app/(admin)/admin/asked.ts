import { redirect } from "next/navigation";
import type { z } from "zod";
import { AppError } from "#lib/errors.ts";

/** What Next gives of an address. */
export type Search = Promise<Record<string, string | string[] | undefined>>;

const first = (value: string | string[] | undefined): string =>
  ((Array.isArray(value) ? value[0] : value) ?? "").trim();

/** The fields of an address that hold something, each once. */
export const givenOf = async (search: Search): Promise<Record<string, string>> => {
  const values = Object.entries(await search).map(([name, value]) => [name, first(value)]);
  return Object.fromEntries(values.filter(([, value]) => value !== ""));
};

/** The query that an address stands for. One that was written by hand and says nothing that can be read leads to `path`. */
export const queryOf = <S extends z.ZodType>(schema: S, given: Record<string, string>, path: string): z.output<S> => {
  const parsed = schema.safeParse(given);
  if (!parsed.success) redirect(path);
  return parsed.data;
};

/** Reads a page of a list; a cursor that is not ours leads to the list's beginning. */
export const readOrStart = async <T>(work: () => Promise<T>, path: string): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_input") redirect(path);
    throw error;
  }
};

/** The address of a list with these filters, from its beginning. */
export const addressOf = (path: string, { cursor: _cursor, ...given }: Record<string, string>): string =>
  Object.keys(given).length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
