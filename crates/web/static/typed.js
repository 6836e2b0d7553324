// Typed numbers, as the program reads them: crates/domain/src/collection/typed.rs and the folder beside it. Both run over
// crates/domain/vectors/typed.json. All arithmetic is on BigInt; no floating point touches a figure.
(() => {
  "use strict";

  // ---- Units of measure (typed/measure.rs) ----

  const MULTIPLIERS = [["nghìn", 3], ["ngàn", 3], ["triệu", 6], ["tr", 6], ["tỷ", 9], ["tỉ", 9]];
  const ALIASES = new Map([["trđ", "triệu đồng"], ["tr.đ", "triệu đồng"], ["tỷđ", "tỷ đồng"]]);
  const UNITS = new Map([
    ["đồng", ["đồng", 0]], ["đ", ["đồng", 0]], ["vnđ", ["đồng", 0]], ["vnd", ["đồng", 0]],
    ["việt nam đồng", ["đồng", 0]],
    ["kg", ["kg", 0]], ["kilôgam", ["kg", 0]], ["yến", ["kg", 1]], ["tạ", ["kg", 2]], ["tấn", ["kg", 3]],
    ["m2", ["m2", 0]], ["mét vuông", ["m2", 0]], ["ha", ["m2", 4]], ["hecta", ["m2", 4]], ["héc ta", ["m2", 4]],
    ["héc-ta", ["m2", 4]], ["km2", ["m2", 6]],
    ["m", ["m", 0]], ["mét", ["m", 0]], ["km", ["m", 3]],
    ["lít", ["lít", 0]], ["m3", ["lít", 3]], ["mét khối", ["lít", 3]],
    ["kwh", ["kwh", 0]], ["mwh", ["kwh", 3]], ["gwh", ["kwh", 6]],
    ["‰", ["‰", 0]], ["phần nghìn", ["‰", 0]], ["%", ["‰", 1]], ["phần trăm", ["‰", 1]],
  ]);

  const trimmed = (text, marks) => {
    let [from, to] = [0, text.length];
    while (from < to && marks.includes(text[from])) from += 1;
    while (to > from && marks.includes(text[to - 1])) to -= 1;
    return text.slice(from, to);
  };
  const trimmedEnd = (text, marks) => {
    let to = text.length;
    while (to > 0 && marks.includes(text[to - 1])) to -= 1;
    return text.slice(0, to);
  };
  const joined = (text) => text.split(/[ \u00a0]/).filter(Boolean).join(" ");
  const powerOf = (word) => MULTIPLIERS.find(([name]) => name === word)?.[1];

  const measureOf = (text) => {
    const words = text.normalize("NFC").toLowerCase().replaceAll("²", "2").replaceAll("³", "3");
    const stroke = words.indexOf("/");
    let head = joined(trimmedEnd(stroke < 0 ? words : words.slice(0, stroke), ". "));
    const per = stroke < 0 ? "" : words.slice(stroke + 1);
    head = ALIASES.get(head) ?? head;
    const rest = head.split(" ").filter(Boolean);
    const multipliers = [];
    let power = 0;
    while (rest.length > 0 && powerOf(rest[0]) !== undefined) {
      const more = powerOf(rest.shift());
      multipliers.push(MULTIPLIERS.find(([, other]) => other === more)[0]);
      power += more;
    }
    const name = rest.join(" ");
    const [dimension, own] = UNITS.get(name) ?? [name, 0];
    return { multipliers, name, dimension, power: power + own, per: joined(trimmedEnd(per, ". ")) };
  };

  const inWords = (measure) => {
    const words = [...measure.multipliers];
    if (measure.name) words.push(measure.name);
    return words.join(" ") + (measure.per ? `/${measure.per}` : "");
  };

  const factorOf = (words, to) => {
    const from = measureOf(words);
    if (from.multipliers.length === 0 && !from.name && !from.per) {
      return trimmed(words, " \u00a0") === "" ? { shift: 0, from: null } : null;
    }
    if (!from.name) {
      from.name = to.name;
      from.dimension = to.dimension;
      from.power += to.power - to.multipliers.reduce((sum, word) => sum + powerOf(word), 0);
    }
    if (!from.per) from.per = to.per;
    if (from.dimension !== to.dimension || from.per !== to.per) return null;
    const shift = from.power - to.power;
    return { shift, from: shift === 0 ? null : inWords(from) };
  };

  // ---- Typed numbers (typed.rs) ----

  const TYPED_CHARS_MAX = 200;
  const SCALE_MAX = 6;
  const LARGEST = 9223372036854775807n;
  const DASH = /^[-\u2010-\u2015\u2212\ufe63\uff0d]/;
  const DIGITS = /^[0-9]+$/;
  const ABSENCES = new Map([
    ["", "not-reported"], ["chưa có", "not-reported"], ["chưa có số liệu", "not-reported"],
    ["chưa báo cáo", "not-reported"], ["không báo cáo", "not-reported"],
    ["không", "none-occurred"], ["không có", "none-occurred"], ["không phát sinh", "none-occurred"],
    ["không thuộc phạm vi", "not-applicable"], ["không áp dụng", "not-applicable"],
    ["không công bố", "withheld"],
  ]);

  class Misread extends Error {}

  const refuse = (why) => {
    throw new Misread(why);
  };

  const cleaned = (raw) => {
    if ([...raw].length > TYPED_CHARS_MAX) refuse("not-a-number");
    const seen = raw
      .normalize("NFC")
      .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "")
      .replace(/[ \u00a0\u2000-\u200a\u202f\u205f\u3000]/g, " ");
    const text = trimmed(seen, " \t\r\n");
    if (/[\t\r\n]/.test(text)) refuse("many-values");
    return trimmed(text.startsWith("'") ? text.slice(1) : text, " ");
  };

  const absenceOf = (folded) => ABSENCES.get(/^\.*$/.test(folded) ? folded : trimmedEnd(folded, "."));

  const isUnclear = (folded) =>
    /^[-\u2010-\u2015\u2212\ufe63\uff0d ]*$/.test(folded) ||
    /^[x ]*$/.test(folded) ||
    /^[.… ]*$/.test(folded) ||
    ["/", "*", "?", "n/a", "na"].includes(folded);

  const isDate = (text) => {
    const head = text.split(" ")[0];
    const short = (part) => /^[0-9]{1,4}$/.test(part);
    const [slashed, dashed, dotted] = ["/", "-", "."].map((mark) => head.split(mark));
    return (
      ((slashed.length === 2 || slashed.length === 3) && slashed.every(short)) ||
      (dashed.length === 3 && dashed.every(short)) ||
      (/^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$/.test(head) && dotted.every(short))
    );
  };

  const signedOf = (text) => {
    if (text.startsWith("(")) {
      const end = text.indexOf(")");
      if (end < 0) refuse("not-a-number");
      const rest = `${trimmed(text.slice(1, end), " ")} ${trimmed(text.slice(end + 1), " ")}`;
      return { rest: trimmed(rest, " "), isNegative: true, isDoubtful: false };
    }
    const isNegative = DASH.test(text);
    const rest = isNegative || text.startsWith("+") ? text.slice(1) : text;
    return { rest: trimmed(rest, " "), isNegative, isDoubtful: isNegative && rest.startsWith(" ") };
  };

  const plainOf = (whole, decimals) =>
    whole !== "" && DIGITS.test(whole + decimals) ? { digits: whole + decimals, scale: decimals.length } : null;

  const groupedOf = (whole, mark, decimals) => {
    const groups = whole.split(mark);
    const first = groups[0].length;
    if (first < 1 || first > 3 || groups.slice(1).some((group) => group.length !== 3)) return null;
    return plainOf(groups.join(""), decimals);
  };

  const wayOf = (decimalMark) => (decimalMark === "," ? "vietnamese" : "english");

  const sure = (plain, way) => (plain ? { plain, way } : null);

  const shapeOf = (body) => {
    const marks = body.match(/[.,]/g) ?? [];
    const [first, last] = [marks[0], marks[marks.length - 1]];
    if (body.includes(" ")) {
      if (marks.length > 1) return null;
      if (marks.length === 0) return sure(groupedOf(body, " ", ""), null);
      const [whole, decimals] = body.split(first);
      return decimals === "" ? null : sure(groupedOf(whole, " ", decimals), wayOf(first));
    }
    if (marks.length === 0) return sure(plainOf(body, ""), null);
    if (marks.length === 1) {
      const [whole, decimals] = body.split(first);
      const decimal = plainOf(whole === "" ? "0" : whole, decimals);
      if (!decimal || decimal.scale === 0) return null;
      const grouped = groupedOf(body, first, "");
      return grouped && !whole.startsWith("0") ? { grouped, decimal, mark: first } : sure(decimal, wayOf(first));
    }
    if (first === last) {
      if (marks.some((mark) => mark !== first)) return null;
      return sure(groupedOf(body, first, ""), wayOf(first === "," ? "." : ","));
    }
    const at = body.lastIndexOf(last);
    const decimals = body.slice(at + 1);
    return decimals === "" ? null : sure(groupedOf(body.slice(0, at), first, decimals), wayOf(last));
  };

  // The canonical text of digits / 10^scale; the digits have no needless zeros.
  const written = (digits, scale, isNegative) => {
    const padded = digits.padStart(scale + 1, "0");
    const text = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
    return isNegative ? `-${text}` : text;
  };

  const placed = (plain, shift, isNegative) => {
    let digits = plain.digits.replace(/^0+/, "");
    let scale = plain.scale - shift;
    if (digits === "") return "0";
    while (scale > 0 && digits.endsWith("0")) {
      digits = digits.slice(0, -1);
      scale -= 1;
    }
    if (scale < 0) {
      digits += "0".repeat(-scale);
      scale = 0;
    }
    if (scale > SCALE_MAX) refuse("too-fine");
    if (BigInt(digits) > LARGEST) refuse("too-large");
    return written(digits, scale, isNegative);
  };

  const placedOrNull = (plain, shift, isNegative) => {
    try {
      return placed(plain, shift, isNegative);
    } catch (error) {
      if (error instanceof Misread) return null;
      throw error;
    }
  };

  const decimalsOf = (text) => (text.includes(".") ? text.length - text.indexOf(".") - 1 : 0);

  // `known`: what the column says of the writer's way: null, "mixed", "vietnamese" or "english".
  const tryRead = (raw, measure, decimals, known) => {
    const text = cleaned(raw);
    const folded = text.toLowerCase().split(" ").filter(Boolean).join(" ");
    const absence = absenceOf(folded);
    if (absence) return [{ is: "absent", absence }, null];
    if (isUnclear(folded)) return [{ is: "unclear" }, null];
    if (text.startsWith("#")) refuse("sheet-error");
    if (text.startsWith("=")) refuse("formula");
    if (isDate(text)) refuse("date");
    const signed = signedOf(text);
    const all = signed.rest.match(/^[0-9., ]*/)[0];
    const words = signed.rest.slice(all.length);
    if (/^[eE][-+\u2010-\u2015\u2212\ufe63\uff0d]?[0-9]+$/.test(words) && !all.endsWith(" ")) refuse("scientific");
    const body = trimmedEnd(all, " ");
    if (DASH.test(words) && /^ *[0-9]/.test(words.slice(1)) && body !== "") refuse("range");
    if (words !== "" && !/^[\p{Alphabetic}%‰]/u.test(words)) refuse("not-a-number");
    const shape = shapeOf(body) ?? refuse("not-a-number");
    const { shift, from } = factorOf(words, measure) ?? refuse("other-measure");
    let [value, other, way] = [null, null, null];
    if (shape.plain) {
      if (signed.isDoubtful) other = placedOrNull(shape.plain, shift, false);
      value = placed(shape.plain, shift, signed.isNegative);
      way = shape.way;
    } else {
      const { grouped, decimal, mark } = shape;
      const [vietnamese, english] = mark === "." ? [grouped, decimal] : [decimal, grouped];
      let [read, against] = [vietnamese, english];
      if (known === "vietnamese") against = null;
      else if (known === "english") [read, against] = [english, null];
      else if (known === null && decimals === 0 && shift === 0) [read, against] = [grouped, null];
      if (signed.isDoubtful) other = placedOrNull(read, shift, false);
      else if (against) other = placedOrNull(against, shift, signed.isNegative);
      value = placed(read, shift, signed.isNegative);
    }
    const typed = { is: "number", value };
    if (other !== null && other !== value) typed.other = other;
    if (from !== null) typed.converted = { typed: body, from };
    if (decimalsOf(value) > decimals) typed.finer = true;
    return [typed, way];
  };

  const readCell = (text, measure, decimals, known) => {
    try {
      return tryRead(text, measure, decimals, known);
    } catch (error) {
      if (error instanceof Misread) return [{ is: "refused", why: error.message }, null];
      throw error;
    }
  };

  const readTyped = (text, measure, decimals) => readCell(text, measureOf(measure), decimals, null)[0];

  const readColumn = (texts, measure, decimals) => {
    const asked = measureOf(measure);
    const alone = texts.map((text) => readCell(text, asked, decimals, null));
    const ways = new Set(alone.map(([, way]) => way).filter(Boolean));
    if (ways.size === 0) return alone.map(([typed]) => typed);
    const known = ways.size === 2 ? "mixed" : [...ways][0];
    return texts.map((text) => readCell(text, asked, decimals, known)[0]);
  };

  window.thidua = Object.freeze({
    ...window.thidua,
    readTyped,
    readColumn,
    canonical: Object.freeze({ SCALE_MAX, LARGEST, written }),
  });
})();
