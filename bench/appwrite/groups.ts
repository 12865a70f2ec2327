// Groups, as many and as mixed fields as a pod has: with a unique key, as most collections are, and without any.
import { z } from "zod";
import { collection } from "../../src/core/kernel/collection.ts";
import type { NewRow } from "../../src/core/ports/store.ts";

export const groups = collection(
  "groups",
  z.object({
    code: z.string(),
    name: z.string().max(100),
    about: z.string().max(2000).optional(),
    category: z.enum(["maths", "science", "languages", "other"]).default("other"),
    ownerId: z.string(),
    capacity: z.number().int().min(2).max(500).default(20),
    members: z.number().int().default(0),
    hidden: z.boolean().default(false),
    tags: z.array(z.string()).default([]),
    score: z.number().optional(),
    createdAt: z.number().int(),
  }),
  { unique: [["code"]], indexes: [["category", "createdAt"]] },
);

export const keyless = collection("keyless", groups.shape);

const categories = ["maths", "science", "languages", "other"] as const;
export const category = (at: number) => categories[at % 4]!;
export const createdAt = (at: number) => 1_800_000_000_000 + at * 1000;

export const group = (id: string, at: number): NewRow<typeof groups> => ({
  id,
  code: `code-${id}`,
  name: `Group number ${at}`,
  about: at % 3 ? "Where we read one chapter a week and talk about it afterwards." : undefined,
  category: category(at),
  ownerId: `member-${at % 100}`,
  capacity: 20,
  members: 0,
  hidden: at % 5 === 0,
  tags: ["algebra", "evening", "beginners"],
  score: at % 2 ? at / 7 : undefined,
  createdAt: createdAt(at),
});
