// What is said about how a notification came, and about the ways it can come by.
import { defineTexts, md } from "../text.ts";

/** How an app, or another way, is called. */
export const nameOfWay = (way: string): string => way.charAt(0).toUpperCase() + way.slice(1);

export const deliveryTexts = defineTexts({
  en: {
    instead: ({ way, refused }: { way: string; refused: boolean }) =>
      refused
        ? md`*It comes here because ${way} did not take it.*`
        : md`*It comes here because ${way} can't be reached.*`,
  },
  de: {
    instead: ({ way, refused }) =>
      refused
        ? md`*Es kommt hier, weil ${way} es nicht angenommen hat.*`
        : md`*Es kommt hier, weil ${way} nicht zu erreichen ist.*`,
  },
});
