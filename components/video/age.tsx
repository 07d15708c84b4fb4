import { useFormatter, useNow } from "next-intl";

/** How long ago something was, with the exact date for machines and on hover. */
export const Age = ({ date }: { date: string }) => {
  const format = useFormatter();
  const now = useNow();
  const then = new Date(date);
  return (
    <time dateTime={date} title={format.dateTime(then, { dateStyle: "long" })}>
      {format.relativeTime(then, now)}
    </time>
  );
};
