import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FieldTree } from "#components/api-docs/docs-types.ts";
import { RichText } from "#components/api-docs/rich-text.tsx";

const Limits = ({ limits }: { limits: readonly string[] }) =>
  limits.length === 0 ? null : (
    <p className="mt-0.5 text-13 text-muted">
      <RichText text={limits.join(" · ")} />
    </p>
  );

/** Name, type and meaning of something that is sent or answered. */
export const FieldFacts = ({
  name,
  type,
  place,
  required,
  description,
  limits,
}: Omit<FieldTree, "fields"> & { place?: string }) => {
  const t = useTranslations("api-docs");
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <code className="font-mono text-13 font-medium break-all">{name}</code>
        <span className="text-13 text-muted">{type}</span>
        {place === undefined ? null : <span className="text-13 text-faint">{place}</span>}
        {required ? <span className="text-12 text-accent">{t("required")}</span> : null}
      </p>
      {description === null ? null : (
        <p className="mt-0.5 text-14 text-pretty text-muted">
          <RichText text={description} />
        </p>
      )}
      <Limits limits={limits} />
    </>
  );
};

/** The fields of a body below each other; those of an object in it open on request. */
export const FieldList = ({ fields }: { fields: readonly FieldTree[] }) => {
  const t = useTranslations("api-docs");
  return (
    <ul className="flex flex-col divide-y divide-line">
      {fields.map(({ fields: inner, ...field }) => (
        <li key={field.name} className="py-2.5">
          <FieldFacts {...field} />
          {inner.length === 0 ? null : (
            <details className="group mt-1.5">
              <summary className="inline-flex h-7 list-none items-center gap-1 rounded-sm pr-2 text-13 text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
                <ChevronRight
                  aria-hidden
                  strokeWidth={1.75}
                  className="size-4 transition-transform group-open:rotate-90 motion-reduce:transition-none"
                />
                {t("fields", { name: field.name })}
              </summary>
              <div className="mt-1 ml-2 border-l border-line pl-3.5">
                <FieldList fields={inner} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
};
