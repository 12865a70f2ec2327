// What is shown, as data: no platform's words, no markup strings. Renderers turn it into native messages.
import type { Sentence, Text } from "./text.ts";

/** A call of an action by its name, with raw input as a person would give it. */
export interface Call {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export type ButtonStyle = "primary" | "danger" | "plain";
export type Button =
  | {
      readonly label: string;
      readonly call: Call;
      readonly style?: ButtonStyle;
      /** True: it acts in the place that the view was asked for in, though it may be shown, and pressed, in private. */
      readonly here?: boolean;
    }
  | { readonly label: string; readonly url: string };

export type Block =
  | { readonly paragraph: Text }
  | { readonly list: readonly Text[]; readonly ordered?: boolean }
  | { readonly quote: Text }
  | { readonly code: string };

/** A part of the world a message goes on showing: when it changes, every message that shows it is edited. */
export interface Live {
  readonly card: string;
  readonly id: string;
  /** The revision shown. */
  readonly rev: number;
}

export interface FormField {
  readonly name: string;
  readonly label: Sentence;
  /** In its place where other questions stand beside it. */
  readonly labelBeside?: Sentence;
  readonly kind: "text" | "integer" | "boolean" | "choice";
  readonly required: boolean;
  /** Anything may be written, also where there are choices. */
  readonly open?: boolean;
  /** Shown when there are few enough to pick from. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly maxLength?: number;
  /** What was answered before. */
  readonly value?: string;
  /** Why the last answer could not be used. */
  readonly problem?: Text;
}

/** Questions that complete a call: a modal where there are modals, else asked one at a time. */
export interface Form {
  readonly call: Call;
  readonly title: Text;
  readonly fields: readonly FormField[];
  /** What can be said besides, shown below as far as the platform asks for more at once; asked by no question of its own. */
  readonly further?: readonly FormField[];
}

export interface View {
  /** Who may see it; `caller` when absent. */
  readonly audience?: "caller" | "channel";
  readonly title?: Text;
  readonly body?: readonly Block[];
  readonly fields?: readonly { readonly name: Text; readonly value: Text }[];
  readonly footer?: Text;
  readonly buttons?: readonly (readonly Button[])[];
  /** A choice of one among many; each option is a call. */
  readonly select?: {
    readonly placeholder: string;
    readonly options: readonly { readonly label: string; readonly call: Call }[];
  };
  /** In the place of the buttons where the platform has forms. */
  readonly form?: Form;
  readonly live?: Live;
  /** True: takes the place of the message whose button was pressed. */
  readonly replaces?: boolean;
  /** A word to the caller; on a button press it is shown as a passing notice where the platform has one, a refusal until it is closed. */
  readonly brief?: boolean | "refusal";
}

export const paragraph = (text: Text): Block => ({ paragraph: text });

/** A view of one sentence. */
export const note = (text: Text): View => ({ body: [{ paragraph: text }] });
