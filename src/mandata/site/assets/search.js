// Finds pages by words and by symbols in any spelling, in an index beside this page; nothing leaves the reader's machine.
"use strict";

const fold = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").toLowerCase().trim();

// How well a row answers: a symbol as a whole first, then one that ends so ("72/7"), then words from their beginning.
function worth([, name, , , , words, symbols], typed, parts) {
  const squeezed = parts.join("");
  const known = symbols.split(" ").filter(Boolean);
  if (known.includes(squeezed)) return 4;
  const spaced = ` ${fold(name)}`;
  if (spaced === ` ${typed}`) return 4;
  if (spaced.endsWith(` ${typed}`)) return 3;
  const held = words.split(" ");
  if (!parts.every((part) => held.some((word) => (/^\d+$/.test(part) ? word === part : word.startsWith(part))))) return 0;
  return spaced.includes(` ${typed}`) ? 2 : 1;
}

function line([page, name, title, language, kind]) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: page, textContent: name });
  const rest = Object.assign(document.createElement("span"), { className: "title", textContent: title, dir: "auto" });
  const note = Object.assign(document.createElement("span"), { className: "quiet", textContent: kind });
  if (language) (title ? rest : link).lang = language;
  item.append(link, " ", ...(title ? [rest, " "] : []), note);
  return item;
}

async function search() {
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const asked = new URLSearchParams(location.search).get("q") ?? "";
  document.getElementById("q").value = asked;
  const typed = fold(asked);
  if (!typed) return;
  const index = await (await fetch(found.dataset.index)).json();
  const parts = typed.split(" ");
  const rows = index.map((row, at) => [worth(row, typed, parts), at, row]).filter(([good]) => good);
  rows.sort((one, other) => other[0] - one[0] || one[1] - other[1]);
  found.textContent = rows.length ? found.dataset.some.replace("{number}", rows.length) : found.dataset.none;
  results.replaceChildren(...rows.slice(0, 100).map(([, , row]) => line(row)));
}

search();
