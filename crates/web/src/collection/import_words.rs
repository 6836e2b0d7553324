//! The sentences of a workbook: always Vietnamese, as the official table is.

use thidua_app::collection::workbook::{ColumnWords, UnitsWords, WorkbookWords};
use thidua_app::collection::{Exported, SheetSeen};
use thidua_base::text::upper_first;
use thidua_domain::indicator::Absence;

use crate::indicator::passport::absence_word;
use crate::messages::Messages;

/// The words of the workbook of a sheet.
pub fn words(seen: &SheetSeen) -> WorkbookWords {
    let say = Messages::vi();
    let get = |key: &str| say.get(&format!("workbook.{key}")).to_owned();
    let with = |key: &str, gap: &str, value: &str| say.with(&format!("workbook.{key}"), &[(gap, value)]);
    let period = seen.sheet.cycle.period;
    WorkbookWords {
        tab: get("tab"),
        reporter: with("reporter", "unit", &upper_first(&seen.unit_name)),
        receiver: with("receiver", "unit", &upper_first(&seen.receiver_name)),
        period: with("period", "period", &say.period(period)),
        hint: get("hint"),
        columns: ColumnWords {
            ordinal: get("ordinal"),
            indicator: get("indicator"),
            measure: get("measure"),
            plan_year: get("plan-year"),
            plan_to_date: get("plan-to-date"),
            same_period: get("same-period"),
            value: get("value"),
            absence: get("absence"),
            accumulated: get("accumulated"),
            percent_of_plan: get("percent-of-plan"),
            percent_of_same_period: get("percent-of-same-period"),
            note: get("note"),
            code: get("code"),
        },
        absences: [Absence::NoneOccurred, Absence::NotApplicable, Absence::Withheld]
            .map(|absence| (absence, absence_word(say, absence).to_owned()))
            .to_vec(),
        not_comparable: say.get("figure.not-comparable").to_owned(),
        bad_number: get("bad-number"),
        bad_absence: get("bad-absence"),
        returned: get("returned"),
        made_by: get("made-by"),
        head: get("head"),
        signed: get("signed"),
        day: with("day", "year", &period.year().to_string()),
    }
}

/// The words of the table of several units.
pub fn units_words(read: &Exported) -> UnitsWords {
    let say = Messages::vi();
    let facts = [("form", read.form.as_str()), ("period", &*say.period(read.period)), ("at", &*read.at.in_table())];
    UnitsWords {
        tab: say.get("workbook.tab").to_owned(),
        title: say.with("workbook.units-title", &facts),
        id: say.get("workbook.code").to_owned(),
        unit: say.get("indicator.unit").to_owned(),
        absences: [Absence::NotReported, Absence::NoneOccurred, Absence::NotApplicable, Absence::Withheld]
            .map(|absence| (absence, absence_word(say, absence).to_owned()))
            .to_vec(),
    }
}
