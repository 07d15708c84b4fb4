import { classNames } from "#components/ui/class-names.ts";

/** What a `ProgressBar` takes. */
export type ProgressBarProps = {
  /** 0 to 100; null while it cannot be told. */
  percent: number | null;
  /** What progresses, for screen readers. */
  label: string;
  /** The percentage in words and the reader's number format, for screen readers. */
  valueText?: string;
  /** `accent` for work that goes on, `plain` for a share of something (storage). */
  tone?: "accent" | "plain";
  className?: string;
};

/** A thin bar that fills from the left. */
export const ProgressBar = ({ percent, label, valueText, tone = "accent", className }: ProgressBarProps) => {
  const share = percent === null ? null : Math.min(100, Math.max(0, percent));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share)}
      aria-valuetext={valueText}
      className={classNames("h-1 overflow-hidden rounded-xs bg-hover", className)}
    >
      <div
        className={classNames(
          "h-full origin-left transition-transform duration-200 ease-linear",
          tone === "accent" ? "bg-accent" : "bg-muted",
          share === null && "skeleton",
        )}
        style={{ transform: `scaleX(${(share ?? 100) / 100})` }}
      />
    </div>
  );
};
