import { useSeen } from "./stage-context.ts";
import { VendorCard } from "./vendor-card.tsx";

export function VendorsPanel() {
  const { vendors } = useSeen();
  return (
    <section className="vendors" aria-label="Vendors">
      <header className="vendors-head">
        <h2>What the vendors really have</h2>
        <p>Change a state behind Fermata’s back, or make a vendor misbehave.</p>
      </header>
      <div className="vendor-cards">
        {vendors.map((vendor) => (
          <VendorCard key={vendor.name} vendor={vendor} />
        ))}
      </div>
    </section>
  );
}
