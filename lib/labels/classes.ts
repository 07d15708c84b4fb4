/**
 * What the object model can tell apart, in the order of its numbers: the eighty kinds of things of the COCO data set (person,
 * vehicles, animals, food, household). Words for people stand in the messages `labels`.
 */
export const labelClasses = [
  ...(["person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat"] as const),
  ...(["traffic-light", "fire-hydrant", "stop-sign", "parking-meter", "bench"] as const),
  ...(["bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe"] as const),
  ...(["backpack", "umbrella", "handbag", "tie", "suitcase"] as const),
  ...(["frisbee", "skis", "snowboard", "sports-ball", "kite", "baseball-bat", "baseball-glove"] as const),
  ...(["skateboard", "surfboard", "tennis-racket"] as const),
  ...(["bottle", "wine-glass", "cup", "fork", "knife", "spoon", "bowl"] as const),
  ...(["banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot-dog", "pizza", "donut", "cake"] as const),
  ...(["chair", "couch", "potted-plant", "bed", "dining-table", "toilet"] as const),
  ...(["tv", "laptop", "mouse", "remote", "keyboard", "cell-phone"] as const),
  ...(["microwave", "oven", "toaster", "sink", "refrigerator"] as const),
  ...(["book", "clock", "vase", "scissors", "teddy-bear", "hair-dryer", "toothbrush"] as const),
] as const;

/** See `labelClasses`. */
export type LabelClass = (typeof labelClasses)[number];

/** Whether a text names a kind of thing that the model knows; rows may hold some of another version's. */
export const isLabelClass = (text: string): text is LabelClass => labelClasses.some((known) => known === text);
