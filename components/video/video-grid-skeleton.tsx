import { Skeleton } from "#components/ui/skeleton.tsx";

const places = ["a", "b", "c", "d", "e", "f", "g", "h", "i"] as const;

/** The shape of a grid of videos while it is read. */
export const VideoGridSkeleton = () => (
  <div className="grid grid-cols-1 gap-x-4 gap-y-8 sm:grid-cols-[repeat(auto-fill,minmax(280px,1fr))]">
    {places.map((place) => (
      <div key={place}>
        <div className="skeleton aspect-video sm:rounded-media" />
        <div className="flex gap-3 px-4 pt-3 sm:px-0">
          <Skeleton className="size-8 rounded-[50%]" />
          <div className="flex flex-1 flex-col gap-2 pt-0.5">
            <Skeleton className="h-4 w-11/12" />
            <Skeleton className="h-3.5 w-1/2" />
          </div>
        </div>
      </div>
    ))}
  </div>
);
