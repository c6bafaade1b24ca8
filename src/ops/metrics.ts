import { Counter, collectDefaultMetrics, Registry } from "prom-client";

/** Counters with fixed label sets: no name, id or address of anybody is ever a label. */
export interface Metrics {
  slackRequest(outcome: string): void;
  text(): Promise<string>;
  type: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "fermata_slack_requests_total",
    help: "Requests on /slack/events by the status answered",
    labelNames: ["outcome"],
    registers: [registry],
  });
  return {
    slackRequest: (outcome) => requests.inc({ outcome }),
    text: () => registry.metrics(),
    type: registry.contentType,
  };
}
