/** How large captions are, from smaller than usual to twice as large. */
export const captionSizes = ["small", "medium", "large", "huge"] as const;
/** Colours of the letters, all readable on each of the grounds. */
export const captionColors = ["white", "yellow", "green", "cyan"] as const;
/** What lies behind the letters; without a ground they have an outline. */
export const captionGrounds = ["solid", "usual", "faint", "none"] as const;

/** How somebody wants captions to look. */
export type CaptionStyle = {
  size: (typeof captionSizes)[number];
  color: (typeof captionColors)[number];
  ground: (typeof captionGrounds)[number];
};

/** How they look as long as nobody chose. */
export const usualCaptionStyle: CaptionStyle = { size: "medium", color: "white", ground: "usual" };

const oneOf = <Value extends string>(values: readonly Value[], found: unknown, usual: Value): Value =>
  values.find((value) => value === found) ?? usual;

/** Reads what was kept; whatever is not understood is as usual. */
export const readCaptionStyle = (kept: string | null): CaptionStyle => {
  const [size, color, ground] = (kept ?? "").split(" ");
  return {
    size: oneOf(captionSizes, size, usualCaptionStyle.size),
    color: oneOf(captionColors, color, usualCaptionStyle.color),
    ground: oneOf(captionGrounds, ground, usualCaptionStyle.ground),
  };
};

/** What is kept of it; null for the usual look. */
export const writtenCaptionStyle = ({ size, color, ground }: CaptionStyle): string | null => {
  const written = `${size} ${color} ${ground}`;
  const { size: s, color: c, ground: g } = usualCaptionStyle;
  return written === `${s} ${c} ${g}` ? null : written;
};

const factors: Record<CaptionStyle["size"], number> = { small: 0.75, medium: 1, large: 1.4, huge: 2 };

/** The style as the variables that the player's sheet reads. */
export const captionVariables = ({ size, color, ground }: CaptionStyle): Record<`--cue-${string}`, string> => ({
  "--cue-factor": String(factors[size]),
  "--cue-color": `var(--caption-${color})`,
  "--cue-ground": ground === "usual" ? "var(--caption-ground)" : `var(--caption-ground-${ground})`,
  "--cue-outline": ground === "none" || ground === "faint" ? "var(--caption-outline)" : "none",
});
