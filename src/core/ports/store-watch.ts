// Whether the store answers, for those who can do something about it when it does not.

export type StoreState = "ok" | "slow" | "no answer";

export interface StoreWatch {
  state(): StoreState;
  /** Resolves when the store answers: at once while it does. Never after `stop`. */
  answering(): Promise<void>;
  /** Told each time it answers again. */
  whenBack(told: () => void): void;
  stop(): void;
}
