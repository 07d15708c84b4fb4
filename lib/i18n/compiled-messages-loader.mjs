const before = "export default JSON.parse(";
const after = ");";

/**
 * Takes the compiled messages out of the module that next-intl's loader made of them: they are imported as JSON, because Node
 * itself reads the same files, and what is imported so has to be JSON.
 */
export default function compiledMessagesLoader(module) {
  if (!module.startsWith(before) || !module.endsWith(after))
    throw new Error("next-intl compiles messages differently.");
  return JSON.parse(module.slice(before.length, -after.length));
}
