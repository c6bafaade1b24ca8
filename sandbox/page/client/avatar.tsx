import type { WirePerson } from "../wire.ts";

/** A fermata: an arc over a dot, drawn because few fonts have the sign. */
export function FermataMark({ size = 36 }: { size?: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 36 36" aria-hidden="true">
      <defs>
        <linearGradient id="ember" x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#ff8a3d" />
          <stop offset="1" stopColor="#d9480f" />
        </linearGradient>
      </defs>
      <rect width="36" height="36" rx="8" fill="url(#ember)" />
      <path
        d="M7 24.5a11 11 0 0 1 22 0"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <circle cx="18" cy="23.4" r="2.7" fill="#fff" />
    </svg>
  );
}

/** Initials on the person's colour. */
export function Avatar({ person, size = 36 }: { person: WirePerson; size?: number }) {
  const initials = person.realName
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join("");
  return (
    <span
      className="avatar"
      aria-hidden="true"
      style={{
        background: person.color,
        width: size,
        height: size,
        fontSize: size * 0.4,
        borderRadius: size * 0.22,
      }}
    >
      {initials}
    </span>
  );
}
