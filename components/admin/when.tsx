import { useFormatter } from "next-intl";

/** A moment as a date with its time. */
export const When = ({ at, time = true }: { at: string; time?: boolean }) => {
  const format = useFormatter();
  return (
    <time dateTime={at} className="tabular whitespace-nowrap">
      {format.dateTime(new Date(at), time ? { dateStyle: "medium", timeStyle: "short" } : { dateStyle: "medium" })}
    </time>
  );
};
