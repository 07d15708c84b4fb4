import type { ReactNode } from "react";

/** Where a list or page has nothing to show: what that means and what to do next. */
export const EmptyState = ({
  icon,
  title,
  text,
  action,
  heading = "h2",
}: {
  icon?: ReactNode;
  title: string;
  text: string;
  action?: ReactNode;
  heading?: "h1" | "h2";
}) => {
  const Heading = heading;
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-20 text-center">
      {icon === undefined ? null : (
        <span aria-hidden className="mb-4 text-faint [&_svg]:size-8">
          {icon}
        </span>
      )}
      <Heading className="text-20 font-bold">{title}</Heading>
      <p className="mt-1.5 text-15 text-balance text-muted">{text}</p>
      {action === undefined ? null : <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
};
