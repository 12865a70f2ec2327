// The edge to HTTP: webhooks first; the other routes are loaded when somebody asks for one.
import type { RequestListener } from "node:http";
import type { Webhook } from "../core/ports/platform.ts";
import { sendProblem } from "./problem.ts";
import type { RouteParts } from "./routes.ts";
import { withWebhooks } from "./webhooks.ts";

export interface HttpParts extends RouteParts {
  readonly webhooks: readonly Webhook[];
}

/** express takes a third of the time to start, and a process that is only polled or called by webhook may never need it. */
export function httpApp({ webhooks, ...parts }: HttpParts): RequestListener {
  let routes: Promise<RequestListener> | undefined;
  const others: RequestListener = (request, response) => {
    routes ??= import("./routes.ts").then(({ routesOf }) => routesOf(parts));
    routes.then(
      (handle) => handle(request, response),
      (error) => {
        parts.log.error({}, "the routes could not be loaded", error);
        sendProblem(response, 500);
      },
    );
  };
  return withWebhooks(webhooks, others, parts.log);
}
