import { z } from "zod";
import { entriesOf, methodsWithoutSpec, type RouteEntry } from "#lib/web/openapi/route-entry.ts";

const shapeOf = (params: unknown): Record<string, unknown> => (params instanceof z.ZodObject ? params.shape : {});

/** Whether the description says something of its own: for whom it is, what else it does, when which fault comes. */
const isTold = ({ summary = "", description = "" }: RouteEntry["spec"]): boolean => {
  const words = description.trim();
  return words !== "" && words.replace(/\.$/, "").toLowerCase() !== summary.trim().toLowerCase();
};

const gapsOfEntry = ({ spec, path, openEnded, method, raw }: RouteEntry): string[] => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const ownParams = typeof spec.openapi === "object" ? spec.openapi.params : undefined;
  const known = shapeOf(spec.params ?? ownParams);
  const untold = names.filter((name) => !openEnded.includes(name) && !(name in known));
  const described = typeof spec.openapi === "object" && "answers" in spec.openapi;
  return [
    ...(spec.summary === undefined || spec.summary.trim() === "" ? ["no summary"] : []),
    ...(isTold(spec) ? [] : ["no description that says more than its summary"]),
    ...(spec.scope === undefined ? ["no scope"] : []),
    ...(raw && !described ? ["neither schemas nor a description of its answers (`openapi`)"] : []),
    ...(spec.query !== undefined && !(spec.query instanceof z.ZodObject) ? ["a query that is no z.object"] : []),
    ...untold.map((name) => `no schema for {${name}}`),
  ].map((gap) => `${method} ${path} (${spec.name}) has ${gap}`);
};

/** What a route file leaves unsaid, a sentence each; none when it can be documented in full. */
export const findGaps = ({ file, module }: { file: string; module: Readonly<Record<string, unknown>> }): string[] => [
  ...methodsWithoutSpec(module).map((method) => `${method} in ${file} is made by neither route() nor rawRoute()`),
  ...entriesOf(file, module).flatMap(gapsOfEntry),
];
