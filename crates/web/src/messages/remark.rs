//! What the checker says, in sentences.

use thidua_base::Period;
use thidua_prose::check::Remark;

use super::{Messages, filled, gaps};

impl Messages {
    /// What a check of a report found. A code without a sentence of its own is named with its facts.
    pub fn remark(&self, remark: &Remark) -> String {
        // A period is kept as its key and told in words.
        let spoken: Vec<(&str, String)> = remark
            .facts
            .iter()
            .map(|(name, value)| match Period::parse(value) {
                Ok(period) if name == "when" => (name.as_str(), self.period(period)),
                _ => (name.as_str(), value.clone()),
            })
            .collect();
        let facts: Vec<(&str, &str)> = spoken.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let has = |name: &str| facts.iter().any(|(known, value)| *known == name && !value.is_empty());
        // The same check of a text and of data knows different things: the first sentence whose gaps are all known.
        let plain = format!("remark.{}", remark.code);
        let of_data = format!("{plain}-of-data");
        let speaks = |key: &String| {
            let sentence = self.find(key)?;
            gaps(sentence).all(|gap| facts.iter().any(|(known, _)| *known == gap)).then_some(sentence)
        };
        let Some(sentence) = [&plain, &of_data].into_iter().find_map(speaks) else {
            let told: Vec<String> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            return self.with("remark.other", &[("code", remark.code), ("facts", &told.join("; "))]);
        };
        let mut said = filled(sentence, &facts);
        for extra in ["belongs-to", "nearest", "now", "owner", "begins", "ended", "successor"] {
            if let Some(more) = self.find(&format!("remark.{}-{extra}", remark.code)).filter(|_| has(extra)) {
                said.push(' ');
                said.push_str(&filled(more, &facts));
            }
        }
        // A fact that is known to be empty leaves no empty brackets.
        thidua_base::text::upper_first(&said.replace(" ()", ""))
    }
}
