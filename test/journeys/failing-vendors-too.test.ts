import { failing } from "./failing-vendors.ts";

failing(["woodpecker", "sarvam", "talkdesk"]);
