/** How a gate ended: whether it lets through, and what it found when it does not. */
export type GateResult = { ok: boolean; output: string };

/** One condition that the project must meet. */
export type Gate = { name: string; run: () => Promise<GateResult> };

/** A result that lists findings, one a line; none means it lets through. */
export const fromFindings = (findings: readonly string[]): GateResult => ({
  ok: findings.length === 0,
  output: findings.join("\n"),
});
