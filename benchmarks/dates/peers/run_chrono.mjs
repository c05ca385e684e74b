// chrono-node, French: a date as fine as the components it is certain of.
import { createInterface } from "node:readline";
import * as chrono from "chrono-node";

const pad = (number, width = 2) => String(number).padStart(width, "0");

function write(part) {
  const day = `${pad(part.get("year"), 4)}-${pad(part.get("month"))}-${pad(part.get("day"))}`;
  if (part.isCertain("day") || part.isCertain("weekday")) return day;
  if (part.isCertain("month")) return day.slice(0, 7);
  return part.isCertain("year") ? day.slice(0, 4) : day;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, text, published } = JSON.parse(line);
  const reference = published ? new Date(`${(published + "-01-01".slice(published.length - 4)).slice(0, 10)}T12:00:00`) : new Date("2024-01-01T12:00:00");
  const offset = (index) => [...text.slice(0, index)].length;
  const found = chrono.fr.parse(text, reference).map((result) => ({
    start: offset(result.index),
    end: offset(result.index + result.text.length),
    kind: "date",
    value: result.end ? `${write(result.start)}/${write(result.end)}` : write(result.start),
  }));
  console.log(JSON.stringify({ id, found }));
}
