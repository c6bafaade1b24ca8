import { describe, expect, it } from "vitest";
import { VendorFailure } from "../../src/vendors/failure.ts";
import { createQueue } from "../../src/vendors/queue.ts";

const away = new VendorFailure({ vendor: "burki", kind: "held_back" });

describe("the queue of an account", () => {
  it.each([true, false])(
    "is empty again once what ran has ended and what waited was turned away (changing: %s)",
    async (changing) => {
      const queue = createQueue({ atOnce: 1, perSecond: 10 }, 1);
      let end = () => {};
      const running = new Promise<void>((resolve) => {
        end = resolve;
      });
      const first = queue.run({ urgent: true, changing }, () => running);
      const second = queue.run({ urgent: true, changing }, async () => {});
      expect(queue.isEmpty).toBe(false);
      queue.turnAway(away);
      await expect(second).rejects.toBe(away);
      end();
      await first;
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(queue.isEmpty).toBe(true);
      expect(await queue.run({ urgent: false, changing }, async () => "next")).toBe("next");
    },
  );
});
