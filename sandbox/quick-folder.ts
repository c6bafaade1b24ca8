import { existsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Memory where the system has a folder for it: what is thrown away needs no disk to be safe on. */
export function quickFolder(): string {
  return existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
}
