// Microsoft's Recognizers-Text, French: TIMEX and resolutions; of two resolutions the past one is taken.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const { recognizeDateTime } = require("@microsoft/recognizers-text-date-time");

const KINDS = { date: "date", daterange: "date", datetime: "date", datetimerange: "date", duration: "duration", set: "set" };

function write(kind, resolution) {
  const one = resolution?.values?.[0];
  if (!one) return null;
  if (kind !== "date") return one.timex ?? null;
  if (one.value && /^\d{4}-\d\d-\d\d/.test(one.value)) return one.value.slice(0, 10);
  if (!one.start && !one.end) return null;
  const day = (text) => (text ? text.slice(0, 10) : "..");
  let end = day(one.end);
  if (one.end && one.start) {
    const last = new Date(`${end}T12:00:00Z`);
    last.setUTCDate(last.getUTCDate() - 1);
    end = last.toISOString().slice(0, 10);
  }
  return `${day(one.start)}/${end}`;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, text, published } = JSON.parse(line);
  const reference = published ? new Date(`${(published + "-01-01".slice(published.length - 4)).slice(0, 10)}T00:00:00`) : new Date("2024-01-01T00:00:00");
  const offset = (index) => [...text.slice(0, index)].length;
  const found = [];
  for (const result of recognizeDateTime(text, "fr-fr", undefined, reference)) {
    const kind = KINDS[result.typeName.replace("datetimeV2.", "")];
    if (kind) found.push({ start: offset(result.start), end: offset(result.end + 1), kind, value: write(kind, result.resolution) });
  }
  console.log(JSON.stringify({ id, found }));
}
