"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { AreaLine, OperationLine } from "#components/api-docs/docs-types.ts";
import { MethodName } from "#components/api-docs/method-name.tsx";
import { controlClass } from "#components/ui/control-class.ts";

const fits = ({ id, method, path, summary }: OperationLine, words: readonly string[]): boolean => {
  const text = `${id} ${method} ${path} ${summary}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

const lineClass =
  "flex items-baseline gap-2 rounded-sm px-2 py-1 text-13 text-muted transition-colors hover:bg-raised hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink";

const Area = ({ area, open }: { area: AreaLine; open: boolean }) => {
  const path = `/docs/api/${area.slug}`;
  const here = usePathname() === path;
  return (
    <li>
      <Link
        href={path}
        aria-current={here ? "page" : undefined}
        className="block rounded-sm px-2 py-1.5 text-14 font-medium transition-colors hover:bg-raised aria-[current=page]:bg-raised"
      >
        {area.name}
      </Link>
      {open || here ? (
        <ul className="mt-0.5 mb-2 flex flex-col">
          {area.operations.map(({ id, method, summary }) => (
            <li key={id}>
              <Link href={`${path}#${id}`} className={lineClass}>
                <MethodName method={method} className="w-[52px]" />
                <span className="min-w-0">{summary}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
};

/** Every operation by area: those of the open area, or those that fit what is typed. */
export const OperationList = ({ areas }: { areas: readonly AreaLine[] }) => {
  const t = useTranslations("api-docs");
  const filterId = useId();
  const [typed, setTyped] = useState("");
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const filtering = words.length > 0;
  const shown = areas
    .map((area) => ({ ...area, operations: area.operations.filter((one) => fits(one, words)) }))
    .filter(({ operations }) => operations.length > 0);
  const count = shown.reduce((sum, { operations }) => sum + operations.length, 0);
  const atGuide = usePathname() === "/docs/api";
  return (
    <>
      <label htmlFor={filterId} className="sr-only">
        {t("filter")}
      </label>
      <input
        id={filterId}
        type="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        placeholder={t("filterPlaceholder")}
        className={`${controlClass} h-9 px-3`}
      />
      <p aria-live="polite" className={filtering ? "mt-2 px-2 text-13 text-muted" : "sr-only"}>
        {filtering ? (count === 0 ? t("noMatch", { words: typed.trim() }) : t("found", { count })) : ""}
      </p>
      <ul className="mt-3 flex flex-col gap-0.5">
        {filtering ? null : (
          <li>
            <Link
              href="/docs/api"
              aria-current={atGuide ? "page" : undefined}
              className="block rounded-sm px-2 py-1.5 text-14 font-medium transition-colors hover:bg-raised aria-[current=page]:bg-raised"
            >
              {t("guide")}
            </Link>
          </li>
        )}
        {shown.map((area) => (
          <Area key={area.slug} area={area} open={filtering} />
        ))}
      </ul>
    </>
  );
};
