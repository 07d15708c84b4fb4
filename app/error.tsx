"use client";

import { PageFault, type PageFaultProps } from "#components/shell/page-fault.tsx";

/** Stands alone: there may be no shell around it. */
export default function PageError(props: PageFaultProps) {
  return (
    <main>
      <PageFault {...props} />
    </main>
  );
}
