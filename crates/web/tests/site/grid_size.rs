//! How much a grid weighs: a commune's line is slow, and its page is opened every day.

use thidua_app::collection::{SheetKey, enter};
use thidua_base::code::{ChangeId, FormId, IndicatorCode};
use thidua_base::{Number, Period};
use thidua_domain::Actor;
use thidua_domain::collection::{Change, How};
use thidua_domain::indicator::{Nature, Value};

use crate::accounts::{PASSWORD, Visit};
use crate::grid::{key, wide_house};

const ROWS: usize = 300;
const WIDE: &str = "/nhap-lieu/bieu-rong/2020-M06/x-15718";
/// Most bytes of a page of three hundred rows, as it is and as it is sent.
const BYTES_MAX: usize = 385_000;
const PACKED_BYTES_MAX: usize = 30_000;

#[tokio::test]
async fn a_grid_of_three_hundred_rows_is_light_empty_and_full() {
    let app = wide_house(ROWS);
    let mut reporter = Visit::to(&app);
    reporter.sign_in("thuy", PASSWORD).await;
    let mut weighed = Vec::new();
    for state in ["empty", "full"] {
        let (plain, packed) = (reporter.get(WIDE).await, reporter.get_packed(WIDE).await);
        assert_eq!(packed.header("content-encoding"), "gzip");
        assert_eq!(plain.text().matches("class=\"cell value\"").count(), ROWS);
        println!("{state}: {} bytes, {} packed", plain.bytes.len(), packed.bytes.len());
        if let Some(folder) = std::env::var_os("THIDUA_KEEP_PAGES") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{state}.html")), &plain.bytes).unwrap();
        }
        weighed.push((plain.bytes.len(), packed.bytes.len()));
        if state == "empty" {
            let month = SheetKey { form: FormId::parse("bieu-rong").unwrap(), ..key("bieu-rong", "2020-M06") };
            let by = Actor::operator("kiểm thử", app.home.tenant.clone());
            let change = |place: usize| Change {
                id: ChangeId::parse(&format!("w-{place}")).unwrap(),
                form: month.form.clone(),
                period: Period::parse("2020-M06").unwrap(),
                unit: month.unit.clone(),
                indicator: IndicatorCode::parse(&format!("W{place:03}")).unwrap(),
                nature: Nature::Estimate,
                over: None,
                value: Value::Of(Number::whole(1_000 + i64::try_from(place).unwrap() * 7)),
                note: String::new(),
                how: How::Typed,
                device_at: None,
                settles: None,
            };
            let all: Vec<Change> = (0..ROWS).map(change).collect();
            enter(&app, &by, &month.form, month.period, &all).unwrap();
        }
    }
    for (plain, packed) in weighed {
        assert!(plain < BYTES_MAX && packed < PACKED_BYTES_MAX, "{plain} bytes, {packed} packed");
    }
}
