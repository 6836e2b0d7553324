//! Units of measure behind a number (`350 triệu đồng`), and the exact way from one to another.

use super::nfc;

/// Words that multiply, as powers of ten; the first word of a power is the one shown.
const MULTIPLIERS: &[(&str, i32)] = &[("nghìn", 3), ("ngàn", 3), ("triệu", 6), ("tr", 6), ("tỷ", 9), ("tỉ", 9)];

/// Words written together.
const ALIASES: &[(&str, &str)] = &[("trđ", "triệu đồng"), ("tr.đ", "triệu đồng"), ("tỷđ", "tỷ đồng")];

/// Units of measure with what they measure and their power of ten; all others stand for themselves.
const UNITS: &[(&str, &str, i32)] = &[
    ("đồng", "đồng", 0),
    ("đ", "đồng", 0),
    ("vnđ", "đồng", 0),
    ("vnd", "đồng", 0),
    ("việt nam đồng", "đồng", 0),
    ("kg", "kg", 0),
    ("kilôgam", "kg", 0),
    ("yến", "kg", 1),
    ("tạ", "kg", 2),
    ("tấn", "kg", 3),
    ("m2", "m2", 0),
    ("mét vuông", "m2", 0),
    ("ha", "m2", 4),
    ("hecta", "m2", 4),
    ("héc ta", "m2", 4),
    ("héc-ta", "m2", 4),
    ("km2", "m2", 6),
    ("m", "m", 0),
    ("mét", "m", 0),
    ("km", "m", 3),
    ("lít", "lít", 0),
    ("m3", "lít", 3),
    ("mét khối", "lít", 3),
    ("kwh", "kwh", 0),
    ("mwh", "kwh", 3),
    ("gwh", "kwh", 6),
    ("‰", "‰", 0),
    ("phần nghìn", "‰", 0),
    ("%", "‰", 1),
    ("phần trăm", "‰", 1),
];

/// A unit of measure, taken apart: `triệu đồng/người` is a million, `đồng`, per `người`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measure {
    /// Words that multiply, in order.
    multipliers: Vec<&'static str>,
    /// Name of the unit without them; empty where only they were written.
    name: String,
    /// What it measures.
    dimension: String,
    /// Power of ten, the words that multiply included.
    power: i32,
    /// What follows the stroke; empty without one.
    per: String,
}

/// The way from a typed unit of measure to the indicator's.
pub(super) struct Factor {
    /// Power of ten to multiply with.
    pub shift: i32,
    /// The typed unit in full, where it differs.
    pub from: Option<String>,
}

impl Measure {
    /// Takes a unit of measure apart.
    pub(super) fn of(words: &str) -> Self {
        let words = nfc(words).to_lowercase().replace('²', "2").replace('³', "3");
        let (head, per) = words.split_once('/').unwrap_or((&words, ""));
        let joined = |text: &str| text.split([' ', '\u{a0}']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let head = joined(head.trim_end_matches(['.', ' ']));
        let head = ALIASES.iter().find(|(alias, _)| *alias == head).map_or(head, |(_, meant)| (*meant).to_owned());
        let mut rest: Vec<&str> = head.split(' ').filter(|word| !word.is_empty()).collect();
        let (mut multipliers, mut power) = (Vec::new(), 0);
        while let Some((_, more)) = rest.first().and_then(|word| MULTIPLIERS.iter().find(|(name, _)| name == word)) {
            let shown = MULTIPLIERS.iter().find(|(_, power)| power == more).map_or("", |(name, _)| *name);
            multipliers.push(shown);
            power += more;
            rest.remove(0);
        }
        let name = rest.join(" ");
        let (dimension, own) = UNITS
            .iter()
            .find(|(unit, _, _)| *unit == name)
            .map_or((name.clone(), 0), |(_, dimension, power)| ((*dimension).to_owned(), *power));
        Self { multipliers, name, dimension, power: power + own, per: joined(per.trim_end_matches(['.', ' '])) }
    }
}

/// How words typed behind a number lead to a unit of measure; `None` where they do not, exactly.
pub(super) fn factor(words: &str, to: &Measure) -> Option<Factor> {
    let mut from = Measure::of(words);
    if from.multipliers.is_empty() && from.name.is_empty() && from.per.is_empty() {
        return words.trim_matches([' ', '\u{a0}']).is_empty().then_some(Factor { shift: 0, from: None });
    }
    if from.name.is_empty() {
        let multiplied: i32 = to.multipliers.iter().filter_map(|word| power_of(word)).sum();
        from.name.clone_from(&to.name);
        from.dimension.clone_from(&to.dimension);
        from.power += to.power - multiplied;
    }
    if from.per.is_empty() {
        from.per.clone_from(&to.per);
    }
    let fits = from.dimension == to.dimension && from.per == to.per;
    let shift = from.power - to.power;
    fits.then(|| Factor { shift, from: (shift != 0).then(|| from.in_words()) })
}

fn power_of(multiplier: &str) -> Option<i32> {
    MULTIPLIERS.iter().find(|(name, _)| *name == multiplier).map(|(_, power)| *power)
}

impl Measure {
    fn in_words(&self) -> String {
        let mut words: Vec<&str> = self.multipliers.clone();
        if !self.name.is_empty() {
            words.push(&self.name);
        }
        let mut said = words.join(" ");
        if !self.per.is_empty() {
            said.push('/');
            said.push_str(&self.per);
        }
        said
    }
}
