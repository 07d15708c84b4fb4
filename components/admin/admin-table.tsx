import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";

/** From which width a column is shown; what is hidden stands in the first cell or on the row's own page. */
export type ColumnFrom = "always" | "md" | "lg" | "xl";

const shownFrom: Record<ColumnFrom, string> = {
  always: "",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
};

/** One column's heading. `numbers` are set to the right. */
export type Column = { label: string; from?: ColumnFrom; numbers?: boolean; quiet?: boolean };

/** A table of one list; `label` names it. Rows are `AdminRow`s. */
export const AdminTable = ({
  label,
  columns,
  children,
}: {
  label: string;
  columns: readonly Column[];
  children: ReactNode;
}) => (
  <table className="w-full border-collapse text-14">
    <caption className="sr-only">{label}</caption>
    <thead>
      <tr className="border-b border-line text-left text-13 text-muted">
        {columns.map((column) => (
          <th
            key={column.label}
            scope="col"
            className={classNames(
              "py-2 pr-4 font-medium last:pr-0",
              column.numbers === true && "text-right",
              shownFrom[column.from ?? "always"],
            )}
          >
            <span className={column.quiet === true ? "sr-only" : undefined}>{column.label}</span>
          </th>
        ))}
      </tr>
    </thead>
    <tbody>{children}</tbody>
  </table>
);

/** One row. */
export const AdminRow = ({ children, ...rest }: { children: ReactNode; "data-id"?: string }) => (
  <tr {...rest} className="border-b border-line align-top hover:bg-surface">
    {children}
  </tr>
);

/** What a row is about: its heading. */
export const RowHead = ({ children }: { children: ReactNode }) => (
  <th scope="row" className="min-w-0 py-2.5 pr-4 text-left font-normal wrap-anywhere">
    {children}
  </th>
);

/** One cell. */
export const Cell = ({
  from = "always",
  numbers = false,
  className,
  children,
}: {
  from?: ColumnFrom;
  numbers?: boolean;
  className?: string;
  children?: ReactNode;
}) => (
  <td
    className={classNames(
      "py-2.5 pr-4 last:pr-0",
      numbers && "tabular text-right whitespace-nowrap",
      shownFrom[from],
      className,
    )}
  >
    {children}
  </td>
);
