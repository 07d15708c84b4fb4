import { z } from "zod";
import { fromFindings, type Gate } from "#scripts/validate/gate.ts";
import { icuArguments } from "#scripts/validate/icu-arguments.ts";
import { readSources, type SourceFile, typescript } from "#scripts/validate/source-files.ts";

type Tree = { [key: string]: string | Tree };
const treeSchema: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), treeSchema])));

const folder = "lib/i18n/messages";
const languages = ["en", "uk"] as const;

/** Messages by their dotted key. */
export const flatten = (tree: Tree, prefix = ""): Map<string, string> => {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") flat.set(`${prefix}${key}`, value);
    else for (const [name, text] of flatten(value, `${prefix}${key}.`)) flat.set(name, text);
  }
  return flat;
};

const argumentsOf = (text: string) => {
  try {
    return icuArguments(text).join(" ");
  } catch (error) {
    return error instanceof SyntaxError ? error.message : "unreadable";
  }
};

/** What differs between two languages' messages of one namespace. */
export const compareMessages = (namespace: string, [en, uk]: readonly [Tree, Tree]): readonly string[] => {
  const [first, second] = [flatten(en), flatten(uk)];
  const findings: string[] = [];
  for (const key of new Set([...first.keys(), ...second.keys()])) {
    const [a, b] = [first.get(key), second.get(key)];
    if (a === undefined || b === undefined)
      findings.push(`${namespace}.${key} is missing in ${a === undefined ? "en" : "uk"}.`);
    else if (a.trim() === "" || b.trim() === "") findings.push(`${namespace}.${key} is empty.`);
    else if (argumentsOf(a) !== argumentsOf(b)) {
      findings.push(`${namespace}.${key} has other placeholders: en [${argumentsOf(a)}], uk [${argumentsOf(b)}].`);
    }
  }
  return findings;
};

const isUsed = (namespace: string, code: readonly SourceFile[]) =>
  code.some(({ text }) => text.includes(`"${namespace}"`) || text.includes(`"${namespace}.`));

const namespaceFindings = async (namespace: string, files: readonly SourceFile[]) => {
  const trees = languages.map((language) => {
    const file = files.find(({ path }) => path === `${folder}/${language}/${namespace}.json`);
    return file === undefined ? null : treeSchema.parse(JSON.parse(file.text));
  });
  const [en, uk] = trees;
  if (!en || !uk) return [`${namespace}.json is missing in ${en ? "uk" : "en"}.`];
  return compareMessages(namespace, [en, uk]);
};

/** Both languages say the same things, and every namespace is asked for somewhere. */
export const messagesGate: Gate = {
  name: "messages",
  run: async () => {
    const files = await readSources([folder], /\.json$/);
    const code = (await readSources(["app", "components", "lib", "worker"], typescript)).filter(
      ({ path }) => !path.includes(".test.") && path !== "lib/i18n/messages.ts",
    );
    const namespaces = [...new Set(files.map(({ path }) => path.replace(/^.*\/([^/]+)\.json$/, "$1")))];
    if (namespaces.length === 0) return { ok: false, output: "There are no message files." };
    const findings = await Promise.all(namespaces.map((namespace) => namespaceFindings(namespace, files)));
    const unused = namespaces.filter((namespace) => !isUsed(namespace, code));
    return fromFindings([...findings.flat(), ...unused.map((namespace) => `${namespace}.json is used nowhere.`)]);
  },
};
