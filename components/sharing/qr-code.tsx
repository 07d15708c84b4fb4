"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { encode } from "uqr";

/** The squares of a code as one path, a unit each. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");

/** An address as a QR code: dark on light in both themes, since many cameras read no other. */
export const QrCode = ({ text }: { text: string }) => {
  const t = useTranslations("sharing");
  const { size, path } = useMemo(() => {
    const { size, data } = encode(text, { ecc: "M", border: 4 });
    return { size, path: pathOf(data) };
  }, [text]);
  return (
    <svg
      role="img"
      aria-label={t("qrLabel")}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-40 rounded-control bg-player-text text-stage"
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
};
