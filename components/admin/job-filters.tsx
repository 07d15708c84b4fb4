import { useTranslations } from "next-intl";
import { FilterBar } from "#components/admin/filter-bar.tsx";
import { useKindName } from "#components/admin/job-table.tsx";

const states = ["failed", "running", "queued", "scheduled"] as const;

/** Filters of the list of work. */
export const JobFilters = ({ given, kinds }: { given: Record<string, string>; kinds: readonly string[] }) => {
  const t = useTranslations("admin.jobs");
  const nameOf = useKindName();
  const any = { value: "", label: t("any") };
  const listed = [...new Set([...kinds, ...(given.kind === undefined ? [] : [given.kind])])];
  return (
    <FilterBar
      label={t("filter")}
      fields={[
        {
          ...{ kind: "choice", name: "state", label: t("columns.state"), value: given.state ?? "" },
          options: [any, ...states.map((state) => ({ value: state, label: t(`states.${state}`) }))],
        },
        {
          ...{ kind: "choice", name: "kind", label: t("columns.work"), value: given.kind ?? "" },
          options: [any, ...listed.map((kind) => ({ value: kind, label: nameOf(kind) }))],
        },
      ]}
    />
  );
};
