// The table of several units: its cells, and the checks that a unit's figures allow by themselves and beside the other
// units. What needs a plan or a history waits for the unit's own sheet. The page works without it.
(() => {
  "use strict";

  const form = document.getElementById("bang");
  if (!form || !window.thidua?.entry) return;
  const { data, entry, readTyped, check, changed, sentence } = window.thidua;
  const sheet = data("du-lieu");
  const facts = data("so-lieu-kiem-tra");
  if (!sheet || !facts) return;
  const rules = data("quy-tac") ?? [];
  const texts = data("cau-kiem-tra") ?? {};
  const told = document.getElementById("bao-bang");
  const found = document.getElementById("phat-hien");
  const spoken = document.getElementById("loi-o");

  // ---- Cells ----

  const nameOf = (unit) => document.getElementById(`ten-${unit}`).textContent.trim();

  const tell = (cell, parts, kind) => {
    const id = `bao-${cell.unit}-${cell.code}`;
    document.getElementById(id)?.remove();
    cell.input.removeAttribute("aria-describedby");
    if (parts.length === 0) return;
    const line = document.createElement("li");
    line.id = id;
    line.className = `finding ${kind}`;
    const name = document.createElement("strong");
    name.textContent = `${nameOf(cell.unit)}, ${sheet.names[cell.code]}`;
    line.append(name, ": ", ...parts);
    told.append(line);
    cell.input.setAttribute("aria-describedby", id);
    spoken.textContent = line.textContent;
  };

  // What a cell shows first is canonical: a number or a word that is read.
  const heldOf = (text, measure, decimals) => {
    if (text === "") return null;
    const read = readTyped(text, measure, decimals);
    return read.is === "absent" ? { value: null, absence: read.absence } : { value: read.value, absence: null };
  };

  // ---- The one field for notes, which speaks of the cell in focus ----

  const noteField = document.getElementById("ghi-chu-o");
  const noteOwner = document.getElementById("ghi-chu-cua");
  let noting = null;

  // Each cell keeps its note as a field would: what stands there, and what stood there first.
  const noteOf = (place) => {
    const text = place.dataset.note ?? "";
    return Object.assign(new EventTarget(), { value: text, defaultValue: text });
  };
  const markNote = (cell) => {
    const text = cell.note.value.trim();
    cell.host.classList.toggle("has-note", text !== "");
    cell.host.title = text;
  };
  const lendNote = (cell) => {
    noting = cell;
    noteField.disabled = false;
    noteField.value = cell.note.value;
    noteOwner.textContent = `: ${nameOf(cell.unit)}, ${sheet.names[cell.code]}`;
  };
  noteField.addEventListener("change", () => {
    noting.note.value = noteField.value;
    markNote(noting);
    noting.note.dispatchEvent(new Event("change"));
  });
  noteField.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") noteField.value = noting.note.value;
    noting.input.focus();
  });
  noteField.parentElement.hidden = false;

  const lines = [];
  const cells = [];
  const touched = new Set();
  for (const row of form.querySelectorAll("tr[data-unit]")) {
    const { unit } = row.dataset;
    const line = [...row.querySelectorAll("td.number")].map((place, at) => {
      const input = place.querySelector("input.value");
      if (!input) return null;
      const fact = facts.rows[at];
      const [seq, shown] = place.querySelector("input[type=hidden]").value.split("|");
      const cell = {
        unit,
        code: fact.indicator,
        measure: fact.measure,
        decimals: fact.decimals,
        seq: seq === "" ? null : Number(seq),
        held: heldOf(shown, fact.measure, fact.decimals),
        input,
        note: noteOf(place),
        host: place,
        labels: `cot-${fact.indicator} ten-${unit}`,
        noteText() {
          return this.note.value.trim();
        },
        mark(state) {
          place.dataset.state = state;
          touched.add(unit);
        },
        tell(parts, kind) {
          tell(this, parts, kind);
        },
      };
      input.addEventListener("focus", () => lendNote(cell));
      input.addEventListener("keydown", (event) => {
        if (event.key !== "F2" || !event.shiftKey) return;
        event.preventDefault();
        noteField.focus();
      });
      cells.push(cell);
      return input;
    });
    lines.push(line);
  }

  // ---- Checks ----

  const byUnit = Map.groupBy
    ? Map.groupBy(cells, (cell) => cell.unit)
    : cells.reduce((all, cell) => all.set(cell.unit, [...(all.get(cell.unit) ?? []), cell]), new Map());
  const numberAt = (cell) => (cell.held?.absence === "none-occurred" ? "0" : (cell.held?.value ?? null));

  const factsOf = (unit) => ({
    ...facts,
    rows: facts.rows.map((fact) => {
      const of = (other) => byUnit.get(other)?.find((cell) => cell.code === fact.indicator);
      const own = of(unit);
      const others = [...byUnit.keys()].filter((other) => other !== unit).map(of);
      const peers = others.map((cell) => (cell ? numberAt(cell) : null)).filter((number) => number !== null);
      const beside = peers.length > 0 ? { ...fact, peers } : fact;
      return changed(beside, own?.held?.value ?? null, own?.held?.absence ?? null);
    }),
  });

  const recheck = () => {
    found.replaceChildren();
    for (const unit of touched) {
      for (const result of check(factsOf(unit), rules)) {
        const [kind, label] = sheet.severities[result.severity];
        const line = document.createElement("p");
        line.className = `finding ${kind}`;
        const severity = document.createElement("span");
        severity.className = "severity";
        severity.textContent = label;
        line.append(severity, ` ${nameOf(unit)}: ${sentence(result, texts, sheet.names)}`);
        found.append(line);
      }
    }
  };

  entry({ sheet, cells, lines, status: document.querySelector(".queue-state"), tally: recheck }).start(form);
  // What waits on this device since an earlier visit may be a note.
  cells.forEach(markNote);
})();
