/**
 * Names of the arguments and tags that an ICU message uses, sorted and each once. Texts inside plural and select choices
 * count only for the arguments in them. Throws `SyntaxError` for unbalanced braces.
 */
export const icuArguments = (message: string): readonly string[] => {
  const names = new Set<string>();
  const end = readText(message, 0, names);
  if (end !== message.length) throw new SyntaxError(`A brace too many at ${end}.`);
  for (const [, tag] of message.matchAll(/<\/?([a-zA-Z][\w-]*)\s*\/?>/g)) names.add(`<${tag}>`);
  return [...names].sort();
};

/** Reads text up to the brace that closes it (or the end) and returns that place. */
const readText = (message: string, from: number, names: Set<string>): number => {
  let at = from;
  while (at < message.length && message[at] !== "}") {
    at = message[at] === "{" ? readArgument(message, at + 1, names) : at + 1;
  }
  return at;
};

const closing = (message: string, at: number) => {
  if (message[at] !== "}") throw new SyntaxError(`A brace is not closed at ${at}.`);
  return at + 1;
};

/** Reads an argument behind its opening brace and returns the place behind its closing one. */
const readArgument = (message: string, from: number, names: Set<string>): number => {
  const head = /^\s*([\w-]+)\s*(?:,\s*(\w+)\s*)?/.exec(message.slice(from));
  if (head === null) throw new SyntaxError(`An argument has no name at ${from}.`);
  names.add(head[1] ?? "");
  let at = from + head[0].length;
  if (!["plural", "select", "selectordinal"].includes(head[2] ?? "")) {
    while (at < message.length && message[at] !== "}") at += 1;
    return closing(message, at);
  }
  while (at < message.length && message[at] !== "}") {
    at = message[at] === "{" ? closing(message, readText(message, at + 1, names)) : at + 1;
  }
  return closing(message, at);
};
