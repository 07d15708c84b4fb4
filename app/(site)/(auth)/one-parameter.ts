/** Query parameters as Next gives them. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** A parameter that is there once and not empty, or null. */
export const oneParameter = async (searchParams: SearchParams, name: string): Promise<string | null> => {
  const value = (await searchParams)[name];
  return typeof value === "string" && value !== "" ? value : null;
};
