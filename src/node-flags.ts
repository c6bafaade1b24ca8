import { url as debuggerUrl } from "node:inspector";

type Environment = Readonly<Record<string, string | undefined>>;

/** What a process that holds other people's keys must not be started with. */
const loose =
  /--(inspect|debug|report-|heapsnapshot-|heap-prof|cpu-prof|abort-on-uncaught-exception)/;

/** One line for each flag of Node that would open this process's memory to others, and one where it stands open. */
export function looseFlags(
  environment: Environment,
  flags: readonly string[] = process.execArgv,
  isOpen: boolean = debuggerUrl() !== undefined,
): string[] {
  const given = [...flags, ...(environment.NODE_OPTIONS ?? "").split(/\s+/)];
  // Node takes `--inspect_brk` for `--inspect-brk`.
  const asNodeReads = given.map((flag) => flag.replaceAll(/["']/g, "").replaceAll("_", "-"));
  const found = asNodeReads
    .filter((flag) => loose.test(flag))
    .map((flag) => `Node's ${flag.split("=")[0]} shows what is in memory; start without it`);
  const open = "Node's debugger is open, which shows what is in memory; end whoever opened it";
  return found.length === 0 && isOpen ? [open] : found;
}

/** SIGUSR1 would open the debugger to everybody on this machine; heard by us it does nothing. */
export function closeDebugger(): void {
  process.on("SIGUSR1", () => undefined);
}
