import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type VendorName, vendorNames } from "../domain/campaign.ts";

/** Counters with fixed label sets: no name, id or address of anybody is ever a label. */
export interface Metrics {
  slackRequest(outcome: string): void;
  vendorCall(vendor: VendorName, outcome: string): void;
  /** The breaker of one account at this platform has opened or closed. */
  breaker(vendor: VendorName, isOpen: boolean): void;
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
  const calls = new Counter({
    name: "fermata_vendor_calls_total",
    help: "Calls to platforms by what became of them; held_back ones were not sent",
    labelNames: ["vendor", "outcome"],
    registers: [registry],
  });
  const breakers = new Gauge({
    name: "fermata_breaker_open",
    help: "Accounts that are left alone for a while because their platform does not answer",
    labelNames: ["vendor"],
    registers: [registry],
  });
  for (const vendor of vendorNames) breakers.set({ vendor }, 0);
  return {
    slackRequest: (outcome) => requests.inc({ outcome }),
    vendorCall: (vendor, outcome) => calls.inc({ vendor, outcome }),
    breaker: (vendor, isOpen) => breakers.inc({ vendor }, isOpen ? 1 : -1),
    text: () => registry.metrics(),
    type: registry.contentType,
  };
}
