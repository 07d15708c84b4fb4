import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Operation } from "#components/api-docs/operation.tsx";
import { getArea } from "#lib/web/openapi/docs/areas.ts";
import { pageOrigin } from "#lib/web/page-origin.ts";

type Props = { params: Promise<{ area: string }> };

const requireArea = async ({ params }: Props) => getArea((await params).area, await pageOrigin()) ?? notFound();

/** The page's title. */
export const generateMetadata = async (props: Props): Promise<Metadata> => {
  const [{ area }, t] = await Promise.all([requireArea(props), getTranslations("api-docs")]);
  return { title: `${area.name} · ${t("title")}`, description: area.description };
};

/** Every operation of one area. The document speaks English, whatever language the frame has. */
export default async function ApiAreaPage(props: Props) {
  const { area, operations } = await requireArea(props);
  return (
    <>
      <h1 lang="en" className="text-28 font-bold tracking-[-0.01em]">
        {area.name}
      </h1>
      <p lang="en" className="mt-2 mb-8 text-16 text-pretty text-muted">
        {area.description}
      </p>
      {operations.map((operation) => (
        <Operation key={operation.id} operation={operation} />
      ))}
    </>
  );
}
