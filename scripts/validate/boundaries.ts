import { z } from "zod";
import { fromFindings, type Gate } from "#scripts/validate/gate.ts";
import { codeFolders, sourcePaths, typescript } from "#scripts/validate/source-files.ts";
import { runTool } from "#scripts/validate/tool-gate.ts";

const reportSchema = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(
      z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string(), severity: z.string() }) }),
    ),
  }),
});

/** What is wrong with a report of dependency-cruiser, given how many TypeScript files there are. */
export const boundaryFindings = (report: z.output<typeof reportSchema>, fileCount: number): readonly string[] => {
  const read = report.modules.filter(
    ({ source }) => typescript.test(source) && codeFolders.some((folder) => source.startsWith(`${folder}/`)),
  );
  const findings = report.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`);
  // A parser that does not know this TypeScript reads nothing and finds nothing.
  return read.length < fileCount
    ? [`Only ${read.length} of ${fileCount} TypeScript files were read.`, ...findings]
    : findings;
};

/** Who may import whom. */
export const boundariesGate: Gate = {
  name: "boundaries",
  run: async () => {
    const { stdout, stderr } = await runTool({
      packageName: "dependency-cruiser",
      program: "depcruise",
      args: ["--config", ".dependency-cruiser.cjs", "--output-type", "json", ...codeFolders],
    });
    const files = await sourcePaths(codeFolders, typescript);
    if (!stdout.startsWith("{")) return { ok: false, output: `${stdout}${stderr}` };
    return fromFindings(boundaryFindings(reportSchema.parse(JSON.parse(stdout)), files.length));
  },
};
