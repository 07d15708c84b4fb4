import { Hash, KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type CodeTab, CodeTabs } from "#components/api-docs/code-tabs.tsx";
import type { ShownAccess, ShownBody, ShownOperation } from "#components/api-docs/docs-types.ts";
import { FieldFacts, FieldList } from "#components/api-docs/field-list.tsx";
import { MethodName } from "#components/api-docs/method-name.tsx";
import { Code, RichText } from "#components/api-docs/rich-text.tsx";

const Part = ({ title, children }: { title: ReactNode; children: ReactNode }) => (
  <div className="mt-7">
    <h3 className="text-14 font-bold">{title}</h3>
    <div className="mt-1">{children}</div>
  </div>
);

const Access = ({ access }: { access: ShownAccess }) => {
  const t = useTranslations("api-docs.access");
  const scope = "scope" in access ? access.scope : "";
  return (
    <p className="mt-3 flex items-start gap-2 text-13 text-muted">
      <KeyRound aria-hidden strokeWidth={1.75} className="mt-px size-4 shrink-0" />
      <span>{t.rich(access.kind, { scope, code: (word) => <Code>{word}</Code> })}</span>
    </p>
  );
};

const Body = ({ body }: { body: ShownBody }) => {
  const t = useTranslations("api-docs");
  return (
    <div className="mt-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-13 text-muted">
        <Code>{body.contentType}</Code>
        {body.type ?? t("bytes")}
      </p>
      {body.fields.length === 0 ? null : <FieldList fields={body.fields} />}
    </div>
  );
};

const Answers = ({ answers }: Pick<ShownOperation, "answers">) => {
  const t = useTranslations("api-docs");
  return answers.map(({ status, description, bodies, headers }) => (
    <Part key={status} title={t("answer", { status })}>
      <p className="text-14 text-muted">
        <RichText text={description} />
      </p>
      {headers.map(({ name, text }) => (
        <p key={name} className="mt-1.5 text-14 text-muted">
          <Code>{name}</Code> <RichText text={text} />
        </p>
      ))}
      {bodies.map((body) => (
        <Body key={body.contentType} body={body} />
      ))}
    </Part>
  ));
};

const Faults = ({ faults }: Pick<ShownOperation, "faults">) => {
  const t = useTranslations("api-docs");
  return (
    <Part title={t("faults")}>
      <ul className="mt-1 flex flex-wrap gap-x-5 gap-y-1.5 text-13">
        {faults.map(({ status, codes }) => (
          <li key={status} className="flex items-baseline gap-1.5">
            <span className="tabular-nums text-muted">{status}</span>
            {codes.map((code) => (
              <Code key={code}>{code}</Code>
            ))}
          </li>
        ))}
      </ul>
    </Part>
  );
};

const Parameters = ({ parameters }: Pick<ShownOperation, "parameters">) => {
  const t = useTranslations("api-docs");
  if (parameters.length === 0) return null;
  return (
    <Part title={t("parameters")}>
      <ul className="flex flex-col divide-y divide-line">
        {parameters.map(({ place, ...parameter }) => (
          <li key={`${place} ${parameter.name}`} className="py-2.5">
            <FieldFacts {...parameter} place={t(`place.${place}`)} />
          </li>
        ))}
      </ul>
    </Part>
  );
};

const examplesOf = (operation: ShownOperation): string | undefined =>
  operation.answers.flatMap(({ bodies }) => bodies.flatMap(({ example }) => example ?? []))[0];

const Examples = ({ operation }: { operation: ShownOperation }) => {
  const t = useTranslations("api-docs");
  const answer = examplesOf(operation);
  const requests: CodeTab[] = [
    { name: "curl", text: operation.curl },
    { name: "fetch", text: operation.fetch },
  ];
  return (
    <div className="flex min-w-0 flex-col gap-4 xl:sticky xl:top-20 xl:self-start">
      <CodeTabs label={t("request")} tabs={requests} />
      {answer === undefined ? null : (
        <CodeTabs label={t("exampleAnswer")} tabs={[{ name: t("exampleAnswer"), text: answer }]} />
      )}
    </div>
  );
};

/** All that is to be said of one operation: beside it, on wide screens, how it is called and what comes. */
export const Operation = ({ operation }: { operation: ShownOperation }) => {
  const t = useTranslations("api-docs");
  const { id, method, path, summary, description, bodies } = operation;
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="group/operation grid scroll-mt-20 gap-x-10 gap-y-6 border-t border-line py-10 xl:grid-cols-[minmax(0,1fr)_minmax(0,480px)]"
    >
      <div className="min-w-0">
        <h2 id={`${id}-title`} className="text-20 font-bold">
          {summary}
          <a
            href={`#${id}`}
            aria-label={t("linkTo", { name: summary })}
            className="ml-1.5 inline-flex size-7 items-center justify-center rounded-sm align-middle text-faint hover:text-ink"
          >
            <Hash aria-hidden strokeWidth={1.75} className="size-4" />
          </a>
        </h2>
        <p className="mt-2 flex items-baseline gap-2">
          <MethodName method={method} />
          <code className="min-w-0 font-mono text-13 break-all">{path}</code>
        </p>
        {description === null ? null : (
          <p className="mt-3 text-15 text-pretty text-muted">
            <RichText text={description} />
          </p>
        )}
        <Access access={operation.access} />
        <Parameters parameters={operation.parameters} />
        {bodies.length === 0 ? null : (
          <Part title={t("body")}>
            {bodies.map((body) => (
              <Body key={body.contentType} body={body} />
            ))}
          </Part>
        )}
        <Answers answers={operation.answers} />
        <Faults faults={operation.faults} />
      </div>
      <Examples operation={operation} />
    </section>
  );
};
