// Loaded into the bot before it starts: ends it the hard way, with all that Node tells of such an end.
process.on("SIGUSR2", () => {
  process.report.writeReport(process.env.CRASH_REPORT);
  setImmediate(() => {
    throw new Error("a fault nobody foresaw");
  });
});
