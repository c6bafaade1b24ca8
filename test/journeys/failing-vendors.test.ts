import { failing } from "./failing-vendors.ts";

failing(["peachdesk", "burki"]);
