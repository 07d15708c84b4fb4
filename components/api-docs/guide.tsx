import { FileJson } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CodeTabs } from "#components/api-docs/code-tabs.tsx";
import type { AreaLine } from "#components/api-docs/docs-types.ts";
import { guideSamples } from "#components/api-docs/guide-samples.ts";
import { Code } from "#components/api-docs/rich-text.tsx";
import { buttonClass } from "#components/ui/button.tsx";

const Chapter = ({ id, title, text, children }: { id: string; title: string; text: string; children?: ReactNode }) => (
  <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-20 border-t border-line py-8">
    <h2 id={`${id}-title`} className="text-20 font-bold">
      {title}
    </h2>
    <p className="mt-2 max-w-[68ch] text-15 text-pretty text-muted">{text}</p>
    {children === undefined ? null : <div className="mt-5">{children}</div>}
  </section>
);

/** A fault as the table tells it. */
export type FaultLine = { code: string; status: number; message: string };

const FaultTable = ({ faults }: { faults: readonly FaultLine[] }) => {
  const t = useTranslations("api-docs.errors");
  const head = "py-2 pr-4 text-left text-13 font-medium text-muted";
  return (
    <table className="mt-5 w-full border-collapse text-14">
      <thead>
        <tr className="border-b border-line">
          <th scope="col" className={head}>
            {t("status")}
          </th>
          <th scope="col" className={head}>
            {t("code")}
          </th>
          <th scope="col" className={`${head} hidden sm:table-cell`}>
            {t("message")}
          </th>
        </tr>
      </thead>
      <tbody>
        {faults.map(({ code, status, message }) => (
          <tr key={code} className="border-b border-line align-top last:border-b-0">
            <td className="py-2 pr-4 tabular-nums text-muted">{status}</td>
            <td className="py-2 pr-4">
              <Code>{code}</Code>
              <span lang="en" className="mt-1 block text-13 text-muted sm:hidden">
                {message}
              </span>
            </td>
            <td lang="en" className="hidden py-2 text-muted sm:table-cell">
              {message}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Areas = ({ areas }: { areas: readonly AreaLine[] }) => {
  const t = useTranslations("api-docs");
  return (
    <section aria-labelledby="areas-title" className="border-t border-line py-8">
      <h2 id="areas-title" className="text-20 font-bold">
        {t("areas")}
      </h2>
      <ul lang="en" className="-mx-3 mt-3 grid gap-x-4 sm:grid-cols-2">
        {areas.map(({ slug, name, description, operations }) => (
          <li key={slug}>
            <Link
              href={`/docs/api/${slug}`}
              className="flex h-full items-baseline gap-3 rounded-control px-3 py-2.5 transition-colors hover:bg-raised"
            >
              <span className="min-w-0 flex-1">
                <span className="block text-15 font-medium">{name}</span>
                <span className="block text-13 text-muted">{description}</span>
              </span>
              <span className="text-13 tabular-nums text-faint">{operations.length}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What holds for every operation: how to sign in, lists, limits, uploads, events, faults. */
export const Guide = (props: {
  areas: readonly AreaLine[];
  faults: readonly FaultLine[];
  scopes: readonly string[];
  origin: string;
}) => {
  const t = useTranslations("api-docs");
  const samples = guideSamples(props.origin);
  return (
    <div className="max-w-[860px]">
      <h1 className="text-28 font-bold tracking-[-0.01em]">{t("title")}</h1>
      <p className="mt-2 max-w-[68ch] text-16 text-pretty text-muted">{t("lead")}</p>
      <p className="mt-5 mb-8 flex flex-wrap items-center gap-x-4 gap-y-2">
        <a href="/api/v1/openapi.json" className={buttonClass()}>
          <FileJson aria-hidden strokeWidth={1.75} />
          {t("document")}
        </a>
        <span className="text-13 text-muted">{t("documentText")}</span>
      </p>
      <Areas areas={props.areas} />
      <Chapter id="sign-in" title={t("signIn.title")} text={t("signIn.text")}>
        <CodeTabs label={t("signIn.title")} tabs={samples.signIn} />
        <h3 className="mt-6 text-14 font-bold">{t("signIn.scopes")}</h3>
        <p className="mt-1 text-14 text-muted">{t("signIn.scopesText")}</p>
        <p className="mt-3 flex flex-wrap gap-2 text-13">
          {props.scopes.map((scope) => (
            <Code key={scope}>{scope}</Code>
          ))}
        </p>
      </Chapter>
      <Chapter id="uploads" title={t("uploads.title")} text={t("uploads.text")}>
        <CodeTabs label={t("uploads.title")} tabs={samples.uploads} />
      </Chapter>
      <Chapter id="events" title={t("events.title")} text={t("events.text")}>
        <CodeTabs label={t("events.title")} tabs={samples.events} />
      </Chapter>
      <Chapter id="lists" title={t("lists.title")} text={t("lists.text")}>
        <CodeTabs label={t("lists.title")} tabs={samples.lists} />
      </Chapter>
      <Chapter id="limits" title={t("limits.title")} text={t("limits.text")} />
      <Chapter id="faults" title={t("errors.title")} text={t("errors.text")}>
        <CodeTabs label={t("errors.title")} tabs={samples.faults} />
        <FaultTable faults={props.faults} />
      </Chapter>
    </div>
  );
};
