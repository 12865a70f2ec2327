// What a platform can do and how it counts, as data.

/** What rendering adds to a text, as the platform counts it. */
export interface Costs {
  /** What a character counts that has to be written in several (an escape); 1 for those that are not named. */
  readonly characters: Readonly<Record<string, number>>;
  /** Added by bold, italic and code. */
  readonly marks: number;
  /** Added by a link besides its address; absent where an address counts nothing. */
  readonly links?: number;
  /** The least that an instant counts. */
  readonly times: number;
}

/** What a platform can do, as data; `fit` makes up for the rest. Lengths are UTF-16 units as the platform counts them. */
export interface Capabilities {
  readonly costs: Costs;
  /** One message in all. */
  readonly text: number;
  readonly title: number;
  readonly fields: number;
  readonly fieldValue: number;
  readonly buttonLabel: number;
  readonly buttonsPerRow: number;
  readonly buttonRows: number;
  /** Bytes of a button's data. */
  readonly buttonData: number;
  /** Options of a select; 0 where there are none: buttons take their place. */
  readonly selectOptions: number;
  /** Questions a form asks at once; 0 where there are no forms: they are asked one at a time. */
  readonly formFields: number;
  /** Private answers inside a channel; without them they go to the direct messages. */
  readonly ephemeral: boolean;
  /** Whether a message can be edited after it was sent. */
  readonly edits: boolean;
  /** For how long (ms) after the first try a send with the same `key` is shown once; 0 where it never is, Infinity where it always is. */
  readonly idempotentMs: number;
  /** Whether a space has a calendar of its own that events can be listed in. */
  readonly calendar: boolean;
  /** Bytes of a file that can be posted; 0 where none can. */
  readonly fileBytes: number;
}
