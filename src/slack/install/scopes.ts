/** Every scope that an install asks for; the manifest says of each what it is for, and is tested against this. */
export const botScopes: readonly string[] = [
  "commands",
  "app_mentions:read",
  "chat:write",
  "chat:write.public",
  "users:read",
  "usergroups:read",
  "channels:read",
  "groups:read",
];
