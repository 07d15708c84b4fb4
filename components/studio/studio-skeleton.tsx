import { Skeleton } from "#components/ui/skeleton.tsx";

const rows = ["first", "second", "third", "fourth", "fifth"];

/** The table before its videos are there. */
export const StudioSkeleton = () => (
  <div aria-hidden className="mx-auto flex max-w-[1600px] flex-col gap-4 px-4 pt-4 md:px-6">
    <Skeleton className="h-9 w-40 rounded-control" />
    <Skeleton className="h-[78px] w-full rounded-media" />
    {rows.map((row) => (
      <div key={row} className="flex items-center gap-3 border-b border-line py-2.5">
        <Skeleton className="aspect-video w-[104px] rounded-sm" />
        <div className="flex flex-1 flex-col gap-2">
          <Skeleton className="h-4 w-2/5 rounded-xs" />
          <Skeleton className="h-3 w-1/4 rounded-xs" />
        </div>
      </div>
    ))}
  </div>
);
