/** A bar: its value, and what it says when one points at it. */
export type DayBar = { key: string; value: number; title: string };

const height = 100;
/** Share of a day's room that its bar takes. */
const barShare = 0.72;

/** One bar for each day; the words around it are HTML, so that they keep their size on phones. */
export const DayBars = ({ bars, label }: { bars: readonly DayBar[]; label: string }) => {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${bars.length} ${height}`}
      preserveAspectRatio="none"
      className="block h-40 w-full"
    >
      {bars.map(({ key, value, title }, index) => {
        const tall = value === 0 ? 0 : Math.max(1.5, (value / most) * height);
        return (
          <g key={key} className="group">
            <title>{title}</title>
            <rect x={index} width={1} height={height} className="fill-transparent" />
            <rect
              x={index + (1 - barShare) / 2}
              y={height - tall}
              width={barShare}
              height={tall}
              className="fill-muted group-hover:fill-accent"
            />
          </g>
        );
      })}
    </svg>
  );
};
