import { parentPort, workerData } from "node:worker_threads";
import { type Search, search } from "../model/search.ts";

parentPort?.postMessage(await search(workerData as Search));
