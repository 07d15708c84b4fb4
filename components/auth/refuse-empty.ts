import { ApiError } from "#lib/api-client/api-error.ts";

/** An empty field is no wrong value, and says so itself. Throws `ApiError` with a text for each field that has one. */
export const refuseEmpty = (texts: Readonly<Record<string, string | false>>): void => {
  const fields = Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === false ? [] : [[name, text]])),
  );
  if (Object.keys(fields).length > 0)
    throw new ApiError({ code: "invalid_input", message: "A field is empty.", status: 0, fields });
};
