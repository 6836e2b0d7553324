//! XML in the manner of ADX (IHE Aggregate Data Exchange): groups by unit and period, data values by indicator.
//!
//! The namespace is that of ADX; what we add to it stands in one of our own, prefixed `td`. The root `adx` holds elements `group` with the attributes `orgUnit`, `period` and `dataSet` (the form); a group holds
//! empty elements `dataValue` with `dataElement` (the indicator) and `value`, a decimal with a point, or `absence`.
//! What is handed out says `td:nature`, `td:origin` and `td:seq` as well; what is taken in may say `td:over` and `td:note`.
//! A text without namespaces is taken in too; one of another namespace is not.

use std::io::Error as IoError;
use std::sync::Arc;

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};
use thidua_app::collection::Exported;

use super::exchange::{ExportedFigure, RowIn};
use super::problem::ApiFault;
use crate::fault::Fault;

/// The namespace of ADX, and of what we add to it.
const ADX: &str = "urn:ihe:qrph:adx:2015";
const OURS: &str = "urn:thidua:adx:1";

/// The figures of a form and period.
pub fn write(read: &Exported) -> Result<Vec<u8>, ApiFault> {
    written(read).map_err(|why| ApiFault::Fault(Fault::Internal(Arc::new(why.into()))))
}

fn written(read: &Exported) -> Result<Vec<u8>, IoError> {
    let (form, period) = (read.form.to_string(), read.period.to_string());
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = BytesStart::new("adx");
    root.push_attribute(("xmlns", ADX));
    root.push_attribute(("xmlns:td", OURS));
    root.push_attribute(("exported", read.at.to_string().as_str()));
    writer.write_event(Event::Start(root))?;
    let mut open: Option<String> = None;
    for figure in read.readings.iter().map(ExportedFigure::of) {
        if open.as_ref() != Some(&figure.unit) {
            if open.is_some() {
                writer.write_event(Event::End(BytesEnd::new("group")))?;
            }
            let mut group = BytesStart::new("group");
            group.push_attribute(("orgUnit", figure.unit.as_str()));
            group.push_attribute(("period", period.as_str()));
            group.push_attribute(("dataSet", form.as_str()));
            writer.write_event(Event::Start(group))?;
            open = Some(figure.unit.clone());
        }
        let mut value = BytesStart::new("dataValue");
        value.push_attribute(("dataElement", figure.indicator.as_str()));
        match (&figure.value, figure.absence) {
            (Some(number), _) => value.push_attribute(("value", number.as_str())),
            (None, Some(word)) => value.push_attribute(("td:absence", word)),
            (None, None) => {}
        }
        value.push_attribute(("td:nature", figure.nature));
        value.push_attribute(("td:origin", figure.origin));
        value.push_attribute(("td:seq", figure.seq.to_string().as_str()));
        writer.write_event(Event::Empty(value))?;
    }
    if open.is_some() {
        writer.write_event(Event::End(BytesEnd::new("group")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("adx")))?;
    Ok(writer.into_inner())
}

/// The rows of one sheet; a group of another unit, period or form is refused, and so is every entity but the five of XML.
pub fn read(body: &[u8], unit: &str, period: &str, form: &str) -> Result<Vec<RowIn>, ApiFault> {
    let text = std::str::from_utf8(body).map_err(|why| ApiFault::BadBody(why.to_string()))?;
    let mut reader = Reader::from_str(text);
    let mut rows = Vec::new();
    let (mut is_begun, mut depth) = (false, 0_usize);
    loop {
        let event = reader.read_event().map_err(|why| ApiFault::BadBody(why.to_string()))?;
        match &event {
            Event::Eof => break,
            Event::DocType(_) => return Err(ApiFault::BadBody("DOCTYPE".to_owned())),
            Event::Start(tag) | Event::Empty(tag) => {
                let is_open = matches!(event, Event::Start(_));
                match (tag.local_name().as_ref(), depth) {
                    ("adx", 0) => {
                        let prefix = tag.name().prefix().map(|prefix| format!("xmlns:{}", prefix.as_ref()));
                        let space = attribute(tag, prefix.as_deref().unwrap_or("xmlns"))?;
                        if space.is_some_and(|space| space != ADX) {
                            return Err(ApiFault::BadBody("xmlns".to_owned()));
                        }
                        is_begun = true;
                    }
                    ("group", 1) if is_begun => {
                        for (name, wanted) in [("orgUnit", unit), ("period", period), ("dataSet", form)] {
                            let found = attribute(tag, name)?;
                            let is_free = name == "dataSet" && found.is_none();
                            if !is_free && found.as_deref() != Some(wanted) {
                                return Err(ApiFault::BadParameter(name));
                            }
                        }
                    }
                    ("dataValue", 2) => rows.push(row(tag)?),
                    (other, _) => {
                        return Err(ApiFault::BadBody(other.chars().take(60).collect()));
                    }
                }
                depth += usize::from(is_open);
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if !is_begun || depth != 0 {
        return Err(ApiFault::BadBody("adx".to_owned()));
    }
    Ok(rows)
}

fn row(tag: &BytesStart<'_>) -> Result<RowIn, ApiFault> {
    let over = ours(tag, "over")?.map(|text| text.parse()).transpose();
    Ok(RowIn {
        indicator: attribute(tag, "dataElement")?.ok_or(ApiFault::BadParameter("dataElement"))?,
        value: attribute(tag, "value")?,
        absence: ours(tag, "absence")?,
        note: ours(tag, "note")?,
        over: over.map_err(|_| ApiFault::BadParameter("over"))?,
    })
}

/// An attribute of our own, with or without the prefix.
fn ours(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ApiFault> {
    match attribute(tag, &format!("td:{name}"))? {
        Some(found) => Ok(Some(found)),
        None => attribute(tag, name),
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ApiFault> {
    let bad = |why: String| ApiFault::BadBody(why);
    let found = tag.try_get_attribute(name).map_err(|why| bad(why.to_string()))?;
    let Some(found) = found else { return Ok(None) };
    let text = quick_xml::escape::unescape(&found.value).map_err(|why| bad(why.to_string()))?;
    Ok(Some(text.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Result<Vec<RowIn>, ApiFault> {
        read(body.as_bytes(), "x-1", "2020-H2", "bieu-01")
    }

    #[test]
    fn rows_are_read_from_the_right_group_only() {
        let group = |attributes: &str, inside: &str| format!("<adx><group {attributes}>{inside}</group></adx>");
        let ours = r#"orgUnit="x-1" period="2020-H2""#;
        let value = r#"<dataValue dataElement="NN02" value="1.5" over="7" note="a &amp; b"/>"#;
        let rows = of(&group(ours, value)).unwrap();
        assert_eq!(
            (rows[0].value.as_deref(), rows[0].over, rows[0].note.as_deref()),
            (Some("1.5"), Some(7), Some("a & b"))
        );
        let spaced = format!(
            r#"<adx xmlns="{ADX}" xmlns:td="{OURS}"><group {ours}><dataValue dataElement="A" td:absence="withheld" td:over="9"/></group></adx>"#
        );
        let rows = of(&spaced).unwrap();
        assert_eq!((rows[0].absence.as_deref(), rows[0].over), (Some("withheld"), Some(9)));
        let prefixed = format!(
            r#"<a:adx xmlns:a="{ADX}"><a:group {ours}><a:dataValue dataElement="A" value="1"/></a:group></a:adx>"#
        );
        assert_eq!(of(&prefixed).unwrap().len(), 1);
        for wrong in [
            spaced.replace(ADX, "urn:other"),
            prefixed.replace(ADX, "urn:other"),
            group(r#"orgUnit="x-2" period="2020-H2""#, value),
            group(r#"orgUnit="x-1" period="2020-H1""#, value),
            group(&format!("{ours} dataSet=\"bieu-02\""), value),
            group(ours, r#"<dataValue value="1"/>"#),
            group(ours, r#"<dataValue dataElement="A" over="x"/>"#),
            group(ours, "<other/>"),
            group(ours, r#"<dataValue dataElement="&x;"/>"#),
            "<adx>".to_owned(),
            "<html/>".to_owned(),
            String::new(),
            "<!DOCTYPE adx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><adx/>".to_owned(),
        ] {
            assert!(of(&wrong).is_err(), "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[<>/a-z\"=& ]{0,80}", tail in ".{0,40}") {
            let _ = of(&text).is_ok();
            let rows = of(&format!("<adx>{tail}</adx>"));
            proptest::prop_assert!(rows.is_err() || rows.is_ok_and(|rows| rows.is_empty()));
        }
    }
}
