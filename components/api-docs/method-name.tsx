import { classNames } from "#components/ui/class-names.ts";

const tones: Record<string, string> = {
  POST: "text-success",
  PUT: "text-warning",
  PATCH: "text-warning",
  DELETE: "text-danger",
};

/** The method of an operation, as wide as the longest one so that paths stand below each other. */
export const MethodName = ({ method, className }: { method: string; className?: string }) => (
  <span className={classNames("shrink-0 font-mono text-12 font-medium", tones[method] ?? "text-muted", className)}>
    {method}
  </span>
);
