import { getMessages } from "next-intl/server";

/**
 * The messages that client components below a provider need; pages send no others to the browser. `common` and `notices` (the
 * bell in the top bar) always come along.
 */
export const clientMessages = async (namespaces: readonly string[]): Promise<Record<string, unknown>> => {
  const all: Record<string, unknown> = await getMessages();
  return Object.fromEntries(["common", "notices", ...namespaces].map((namespace) => [namespace, all[namespace]]));
};
