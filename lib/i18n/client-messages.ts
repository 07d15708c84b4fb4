import { getMessages } from "next-intl/server";

/**
 * The messages that client components below a provider need; pages send no others to the browser. `common`, `notices` (the
 * bell in the top bar) and `suggestions` (its search box) always come along.
 */
export const clientMessages = async (namespaces: readonly string[]): Promise<Record<string, unknown>> => {
  const all: Record<string, unknown> = await getMessages();
  return Object.fromEntries(
    ["common", "notices", "suggestions", ...namespaces].map((namespace) => [namespace, all[namespace]]),
  );
};
