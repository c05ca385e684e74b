/* global veilleKeys: the shards of the name index that there are, from names.js */
// The search box, the filters and the tips. Text from articles reaches the page as text alone: textContent, never HTML.
"use strict";

const root = document.body.dataset.root;

// As `_fold` in addresses.py: no accents, case or punctuation.
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/œ/g, "oe").replace(/æ/g, "ae")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function searchBox() {
  const box = document.getElementById("search");
  const list = document.getElementById("found");
  const said = document.getElementById("search-said");
  const shards = new Map();
  let chosen = -1;

  window.veilleNames = (key, names) => { shards.set(key, names); show(); };

  function shardOf(words) {
    const word = words[0] || "";
    if (word.length < 2) return null;
    return /^[a-z0-9]{2}/.test(word) ? word.slice(0, 2) : "other";
  }

  function load(key) {
    if (shards.has(key) || !veilleKeys.has(key)) return;
    shards.set(key, []);
    const script = document.createElement("script");
    script.src = `${root}assets/names/${key}.js`;
    document.head.append(script);
  }

  function matches(words) {
    const begins = (names, word) => names.some((name) => name === word || name.startsWith(word));
    return (shards.get(shardOf(words)) || []).filter((entry) => {
      const parts = entry[4].split(/\s/);
      return words.every((word) => begins(parts, word));
    }).slice(0, 12);
  }

  function show() {
    const words = fold(box.value).split(" ").filter(Boolean);
    const found = shardOf(words) ? matches(words) : [];
    chosen = -1;
    list.replaceChildren(...found.map(([name, type, page, articles], place) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const about = document.createElement("small");
      item.id = `found-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      link.href = root + page;
      link.tabIndex = -1;
      link.textContent = name;
      about.textContent = `${type} · ${articles}`;
      link.append(about);
      item.append(link);
      return item;
    }));
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
    said.textContent = shardOf(words) ? `${found.length} names found` : "";
  }

  function choose(step) {
    const items = [...list.children];
    if (!items.length) return;
    chosen = (chosen + step + items.length) % items.length;
    items.forEach((item, place) => item.setAttribute("aria-selected", String(place === chosen)));
    box.setAttribute("aria-activedescendant", items[chosen].id);
  }

  box.addEventListener("input", () => {
    const key = shardOf(fold(box.value).split(" "));
    if (key) load(key);
    show();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { choose(event.key === "ArrowDown" ? 1 : -1); event.preventDefault(); }
    if (event.key === "Escape") { box.value = ""; show(); }
  });
  box.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const link = list.querySelectorAll("a")[Math.max(chosen, 0)];
    if (link) location.href = link.href;
  });
  document.addEventListener("click", (event) => { if (!box.form.contains(event.target)) list.hidden = true; });
}

// Filters are kept behind the # of the address, so that a link or a bookmark brings them back.
function filters(form) {
  const rows = [...document.querySelectorAll(`#${form.dataset.rows} tbody tr`)];
  const said = form.querySelector(".said");
  const fields = [...form.elements].filter((field) => field.name);

  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    for (const field of fields) field.value = given.get(field.name) || "";
    apply();
  }

  function apply() {
    const wanted = fields.filter((field) => field.value);
    for (const row of rows) {
      row.hidden = !wanted.every((field) => field.name === "q"
        ? fold(field.value).split(" ").every((word) => fold(row.textContent).includes(word))
        : row.dataset[field.name] === field.value);
    }
    const shown = rows.filter((row) => !row.hidden).length;
    const month = fields.find((field) => field.name === "month" && field.value);
    said.textContent = `${shown} of ${rows.length} shown${month ? ` (${month.value})` : ""}`;
    return wanted;
  }

  function keep() {
    const wanted = apply();
    const kept = new URLSearchParams(wanted.map((field) => [field.name, field.value])).toString();
    history.replaceState(null, "", kept ? `#${kept}` : location.href.split("#")[0]);
  }

  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    for (const field of fields) field.value = "";
    keep();
  });
  window.addEventListener("hashchange", read);
  read();
}

// Tips stay on the page, and Escape shuts the one that is open.
function tips() {
  const place = (event) => {
    const mark = event.target.closest?.(".mark");
    const tip = mark?.querySelector(":scope > .tip");
    if (!tip) return;
    tip.classList.remove("left");
    tip.classList.toggle("left", tip.getBoundingClientRect().right > document.documentElement.clientWidth - 8);
  };
  document.addEventListener("mouseover", place);
  document.addEventListener("focusin", place);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const mark of document.querySelectorAll(".mark:hover, .mark:focus")) {
      mark.classList.add("shut");
      const open = () => mark.classList.remove("shut");
      mark.addEventListener("mouseleave", open, { once: true });
      mark.addEventListener("blur", open, { once: true });
    }
  });
}

searchBox();
document.querySelectorAll("form.filters").forEach(filters);
tips();
