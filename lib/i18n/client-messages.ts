import { getMessages } from "next-intl/server";

/**
 * The messages that client components below a provider need; pages send no others to the browser. `common` always comes along.
 */
export const clientMessages = async (namespaces: readonly string[]): Promise<Record<string, unknown>> => {
  const all: Record<string, unknown> = await getMessages();
  return Object.fromEntries(["common", ...namespaces].map((namespace) => [namespace, all[namespace]]));
};
