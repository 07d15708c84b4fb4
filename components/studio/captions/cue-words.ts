const tags = /<\/?[biu]>/g;
const entity = /&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g;

const escaped = (text: string): string => text.replace(entity, "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A WebVTT payload of what was typed: `<b>`, `<i>`, `<u>` and entities stay, other signs are escaped, no line is empty. */
export const payloadOf = (typed: string): string => {
  const text = typed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
  let at = 0;
  let payload = "";
  for (const match of text.matchAll(tags)) {
    payload += escaped(text.slice(at, match.index)) + match[0];
    at = match.index + match[0].length;
  }
  return payload + escaped(text.slice(at));
};

/**
 * A payload as one types it, with plain signs for entities; as it is where plain signs would mean something else, so that
 * `payloadOf` always gives the payload back.
 */
export const typedOf = (payload: string): string => {
  const plain = payload.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  return payloadOf(plain) === payload ? plain : payload;
};
