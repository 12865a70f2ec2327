// What a view names in code in its lists.
import { type Rich, rich } from "../../src/core/text.ts";
import type { View } from "../../src/core/view.ts";

const inRich = (text: Rich): readonly string[] =>
  text.flatMap((part) => (typeof part === "object" && "code" in part ? [part.code] : []));

export const codesIn = ({ body = [] }: View): readonly string[] =>
  body.flatMap((block) => ("list" in block ? block.list.flatMap((item) => inRich(rich(item))) : []));
