import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder, on a disk of its own of eight megabytes where one may be made. */
export interface SmallDisk {
  folder: string;
  isSmall: boolean;
  /** Takes every byte that is left. */
  fillUp(): void;
  makeRoom(): void;
  remove(): void;
}

export function makeSmallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "fermata-small-"));
  const filler = join(folder, "filler");
  const isSmall = mount(folder);
  return {
    folder,
    isSmall,
    fillUp: () => fill(filler),
    makeRoom: () => rmSync(filler, { force: true }),
    remove() {
      if (isSmall) execFileSync("umount", ["-l", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function mount(folder: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function fill(file: string): void {
  const handle = openSync(file, "w");
  try {
    for (const size of [65_536, 4_096, 1]) writeUntilFull(handle, Buffer.alloc(size));
  } finally {
    closeSync(handle);
  }
}

function writeUntilFull(handle: number, bytes: Buffer): void {
  try {
    for (;;) writeSync(handle, bytes);
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ENOSPC") throw error;
  }
}
