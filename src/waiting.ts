/** What the work comes to, or `late` once its time is up. The work goes on then, and nobody hears how it ends. */
export async function inTime<Value, Late = undefined>(
  work: Promise<Value>,
  ms: number,
  late?: Late,
): Promise<Value | Late> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Late>((resolve) => {
    timer = setTimeout(() => {
      work.catch(() => {});
      resolve(late as Late);
    }, ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

export function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
