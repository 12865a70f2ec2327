// What Telegram must show with its webhook calls where no secret was configured; here alone, as the log leaves it out too.
import type { Secrets } from "../../../core/ports/secrets.ts";

/** The same as long as the key is. */
export const derivedWebhookSecret = (secrets: Pick<Secrets, "sign">): string => secrets.sign("telegram:webhook", 48);
