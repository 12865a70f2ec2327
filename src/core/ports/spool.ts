// The spool: what came in while the store could not be reached, kept outside of it until it can.
import type { MessageRef, Update } from "./platform.ts";

/** An update as data: its own way of being answered lasts no longer than the process. */
export interface KeptUpdate {
  /** Unique: what it is deduplicated by. */
  readonly id: string;
  /** What shares a line is handled in the order it was kept. */
  readonly line: string;
  /** When it came, epoch ms. */
  readonly at: number;
  /** Plain JSON; `source` is the message whose button was pressed. */
  readonly update: Omit<Update, "reply"> & { readonly source?: MessageRef };
}

export interface Spool {
  /** Durable when it resolves "kept"; one that is kept already is "known". */
  keep(update: KeptUpdate): Promise<"kept" | "known" | "full">;
  /** In the order they were kept. */
  oldest(limit: number): Promise<readonly KeptUpdate[]>;
  /** What isn't there counts as forgotten. */
  forget(id: string): Promise<void>;
  count(): Promise<number>;
  /** The lines that have something in them. */
  lines(): Promise<ReadonlySet<string>>;
  /** Whether other processes, which hear the same conversations, keep theirs here too. */
  readonly shared: boolean;
  /** For one owner at a time, until it runs out (ms from now); again by the same one prolongs it. */
  lease(owner: string, ms: number): Promise<boolean>;
  close(): Promise<void>;
}
