import { useFormatter } from "next-intl";

/** One part of a whole. */
export type Share = { key: string; name: string; value: number };

/** Parts of a whole, most first, each with its share as a bar and a number. */
export const ShareList = ({ title, shares, empty }: { title: string; shares: readonly Share[]; empty: string }) => {
  const format = useFormatter();
  const total = shares.reduce((sum, { value }) => sum + value, 0);
  return (
    <section className="min-w-0">
      <h3 className="pb-3 text-14 font-medium">{title}</h3>
      {total === 0 ? <p className="text-14 text-muted">{empty}</p> : null}
      <ul className="flex flex-col gap-3">
        {total === 0
          ? null
          : shares.map(({ key, name, value }) => (
              <li key={key} className="text-14">
                <p className="flex items-baseline justify-between gap-3">
                  <span className="min-w-0 truncate">{name}</span>
                  <span className="tabular shrink-0 text-muted">
                    {format.number(value / total, { style: "percent", maximumFractionDigits: 1 })}
                  </span>
                </p>
                <span aria-hidden className="mt-1 block h-1 overflow-hidden rounded-xs bg-hover">
                  <span className="block h-full bg-muted" style={{ width: `${(value / total) * 100}%` }} />
                </span>
              </li>
            ))}
      </ul>
    </section>
  );
};
