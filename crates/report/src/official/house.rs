//! Who issues a paper, as its head and foot name them: the lines of the body, the place, the symbol, the office that signs.

use thidua_domain::org::Unit;

/// A body that issues papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// The superior body, in capitals.
    pub superior: Option<String>,
    /// The body, one entry a printed line, in capitals.
    pub issuer: Vec<String>,
    /// The place written with the date.
    pub place: String,
    /// The body in symbols: `UBND`.
    pub symbol: String,
    /// The lines of authority that sign where nothing else is known.
    pub authority: Vec<String>,
}

/// A people's committee as heads of papers write it.
const COMMITTEE: &str = "ỦY BAN NHÂN DÂN";

/// Kinds of unit that issue papers through their people's committee.
const TERRITORIES: [&str; 5] = ["province", "district", "commune", "township", "ward"];

/// Kinds of unit that stand under the people's committee of the unit above them.
const OFFICES: [&str; 3] = ["office", "public-service-unit", "school"];

/// Who signs for an office, by how its name begins.
const HEADS: [(&str, &str); 7] = [
    ("Phòng", "TRƯỞNG PHÒNG"),
    ("Sở", "GIÁM ĐỐC"),
    ("Ban", "TRƯỞNG BAN"),
    ("Trường", "HIỆU TRƯỞNG"),
    ("Bệnh viện", "GIÁM ĐỐC"),
    ("Trung tâm", "GIÁM ĐỐC"),
    ("Bảo hiểm xã hội", "GIÁM ĐỐC"),
];

/// The house of a unit. A territory issues papers through its people's committee, an office under that of the territory
/// above it; both as Decree 30/2020 writes them.
pub fn house(unit: &Unit, above: Option<&Unit>) -> House {
    let chairman = || vec![format!("TM. {COMMITTEE}"), "CHỦ TỊCH".to_owned()];
    if is_territory(unit) {
        return House {
            superior: None,
            issuer: vec![COMMITTEE.to_owned(), unit.name.to_uppercase()],
            place: unit.short_name.clone(),
            symbol: "UBND".to_owned(),
            authority: chairman(),
        };
    }
    let above = above.filter(|above| is_territory(above));
    let place = above.map(|above| above.short_name.clone()).unwrap_or_default();
    let name = unit.name.to_uppercase();
    if let Some(of) = name.strip_prefix(COMMITTEE).or_else(|| name.strip_prefix("UBND")) {
        return House {
            superior: None,
            issuer: vec![COMMITTEE.to_owned(), of.trim().to_owned()],
            place: if place.is_empty() { last_two(&unit.name) } else { place },
            symbol: "UBND".to_owned(),
            authority: chairman(),
        };
    }
    let is_office = OFFICES.contains(&unit.kind.as_str());
    let superior = above.filter(|_| is_office).map(|above| format!("UBND {}", above.name.to_uppercase()));
    // What the superior's line says is not said again.
    let bare = match (above, &superior) {
        (Some(above), Some(_)) => name.strip_suffix(&above.name.to_uppercase()).unwrap_or(&name).trim().to_owned(),
        (Some(_) | None, Some(_) | None) => name,
    };
    let head = HEADS.iter().find(|(begins, _)| unit.name.starts_with(begins));
    House {
        superior,
        symbol: initials(&bare),
        issuer: vec![bare],
        place,
        authority: vec![head.map_or("THỦ TRƯỞNG ĐƠN VỊ", |(_, office)| office).to_owned()],
    }
}

fn is_territory(unit: &Unit) -> bool {
    TERRITORIES.contains(&unit.kind.as_str())
}

/// The first letters of the words of a name in capitals, but of `VÀ`: `PHÒNG GIÁO DỤC VÀ ĐÀO TẠO` is `PGDĐT`.
fn initials(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "VÀ");
    words.filter_map(|word| word.chars().next()).collect()
}

fn last_two(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words[words.len().saturating_sub(2)..].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua_base::Date;
    use thidua_base::code::OrgId;
    use thidua_domain::{Origin, Provenance};

    fn unit(kind: &str, name: &str, short: &str) -> Unit {
        Unit {
            id: OrgId::parse("u").unwrap(),
            kind: kind.into(),
            code: String::new(),
            name: name.into(),
            short_name: short.into(),
            valid_from: Date::new(2019, 1, 1).unwrap(),
            valid_to: None,
            legal_ref: String::new(),
            provenance: Provenance { origin: Origin::Sample, source: String::new() },
        }
    }

    #[test]
    fn a_territory_speaks_through_its_committee_and_an_office_under_it() {
        let district = unit("district", "Huyện Triệu Sơn", "Triệu Sơn");
        let own = house(&district, None);
        assert_eq!((own.superior, own.issuer), (None, vec![COMMITTEE.to_owned(), "HUYỆN TRIỆU SƠN".to_owned()]));
        assert_eq!((own.place.as_str(), own.symbol.as_str()), ("Triệu Sơn", "UBND"));
        assert_eq!(own.authority, ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]);

        let committee = house(&unit("office", "Ủy ban nhân dân huyện Triệu Sơn", "UBND huyện"), Some(&district));
        assert_eq!(committee.issuer, ["ỦY BAN NHÂN DÂN", "HUYỆN TRIỆU SƠN"]);
        assert_eq!((committee.place.as_str(), committee.symbol.as_str()), ("Triệu Sơn", "UBND"));

        let office = house(&unit("office", "Phòng Giáo dục và Đào tạo huyện Triệu Sơn", "Phòng GDĐT"), Some(&district));
        assert_eq!(office.superior.as_deref(), Some("UBND HUYỆN TRIỆU SƠN"));
        assert_eq!(office.issuer, ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"]);
        assert_eq!((office.symbol.as_str(), office.authority[0].as_str()), ("PGDĐT", "TRƯỞNG PHÒNG"));
    }

    #[test]
    fn a_body_of_its_own_stands_alone() {
        let district = unit("district", "Huyện Triệu Sơn", "Triệu Sơn");
        let farmers =
            house(&unit("mass-organisation", "Hội Nông dân huyện Triệu Sơn", "Hội Nông dân"), Some(&district));
        assert_eq!(farmers.superior, None);
        assert_eq!(farmers.issuer, ["HỘI NÔNG DÂN HUYỆN TRIỆU SƠN"]);
        assert_eq!(farmers.authority, ["THỦ TRƯỞNG ĐƠN VỊ"]);
        assert_eq!(house(&unit("office", "Ủy ban nhân dân tỉnh Thanh Hóa", ""), None).place, "Thanh Hóa");
    }
}
