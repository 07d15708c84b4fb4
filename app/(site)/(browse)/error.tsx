"use client";

import { PageFault, type PageFaultProps } from "#components/shell/page-fault.tsx";

/** Inside the shell, so that one can go on when a list throws. */
export default function ListError(props: PageFaultProps) {
  return (
    <div>
      <PageFault {...props} />
    </div>
  );
}
