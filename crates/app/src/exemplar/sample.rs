//! Sample exemplars for the demonstration: made up, marked as such wherever they appear, one for each standing.
//!
//! Every step is decided like anything else; the names say that nobody did it.

use thidua_base::code::{EvidenceId, ExemplarId, IndicatorCode, MovementCode, OrgId};
use thidua_base::{Date, Number, Timestamp};
use thidua_domain::actor::{Scope, Verb};
use thidua_domain::collection::evidence::EvidenceFile;
use thidua_domain::exemplar::course::Asked;
use thidua_domain::exemplar::replication::Place;
use thidua_domain::exemplar::{
    Contact, Course, Event, Exemplar, ExemplarKind, Paper, Profile, Replication, State, picture,
};
use thidua_domain::{Actor, Origin, Provenance};
use thidua_store as store;
use thidua_store::Tx;

use super::desk::{Desk, subject};
use super::propose::{New, save_all};
use crate::{App, Error};

const SOURCE: &str = "Điển hình minh họa";
const PROPOSER: &str = "Người đề xuất mẫu";
const DECIDER: &str = "Người công nhận mẫu";
/// A drawing in place of a picture.
const PICTURE: &[u8] = include_bytes!("sample-picture.png");

/// A sample: its id, field, kind, name, method, size and measure, and the days before today of its steps.
struct Sample {
    id: &'static str,
    field: &'static str,
    kind: ExemplarKind,
    name: &'static str,
    story: &'static str,
    method: &'static str,
    size: Option<(i64, &'static str)>,
    steps: &'static [(Verb, i64)],
}

const SAMPLES: [Sample; 6] = [
    Sample {
        id: "mau-dan-van-kheo",
        field: "nong-thon-moi",
        kind: ExemplarKind::Model,
        name: "dân hiến đất mở đường làng",
        story: "Mỗi thôn mở rộng được ít nhất một tuyến đường; không có khiếu nại về đất.",
        method: "Chi bộ họp trước, đảng viên hiến trước; tổ dân vận đến từng nhà; công khai số đất và tiền ở nhà văn hóa.",
        size: Some((12, "km đường")),
        steps: &[(Verb::ProposeExemplar, 400), (Verb::RecogniseExemplar, 380)],
    },
    Sample {
        id: "mau-mot-cua",
        field: "cai-cach-hanh-chinh",
        kind: ExemplarKind::Collective,
        name: "tổ một cửa trả kết quả tại nhà",
        story: "Người già, người khuyết tật không phải đi lại; hồ sơ trả đúng hẹn.",
        method: "Hẹn ngày khi nhận hồ sơ; cán bộ thôn mang kết quả đến nhà, có ký nhận.",
        size: Some((9, "thôn")),
        steps: &[(Verb::ProposeExemplar, 1200), (Verb::RecogniseExemplar, 1180), (Verb::ConfirmExemplar, 200)],
    },
    Sample {
        id: "mau-ca-nhan",
        field: "ca-nhan",
        kind: ExemplarKind::Person,
        name: "trưởng thôn vận động thu gom rác tại nguồn",
        story: "Cả thôn phân loại rác; bãi rác cũ thành vườn hoa.",
        method: "Mỗi nhà hai thùng; tổ phụ nữ ủ phân; trưởng thôn kiểm tra hằng tuần.",
        size: Some((180, "hộ")),
        steps: &[(Verb::ProposeExemplar, 12)],
    },
    Sample {
        id: "mau-cu",
        field: "tap-the",
        kind: ExemplarKind::Collective,
        name: "câu lạc bộ liên thế hệ tự giúp nhau",
        story: "Người khỏe giúp người yếu, có quỹ vốn quay vòng.",
        method: "Góp quỹ theo quý, cho vay không lãi, sinh hoạt hằng tháng.",
        size: None,
        steps: &[(Verb::ProposeExemplar, 1000), (Verb::RecogniseExemplar, 990)],
    },
    Sample {
        id: "mau-da-rut",
        field: "tap-the",
        kind: ExemplarKind::Collective,
        name: "hợp tác xã thu gom bao bì thuốc trên đồng",
        story: "",
        method: "Đặt bể chứa ở bờ ruộng, thu mỗi vụ hai lần.",
        size: Some((40, "bể chứa")),
        steps: &[(Verb::ProposeExemplar, 900), (Verb::RecogniseExemplar, 880), (Verb::WithdrawExemplar, 60)],
    },
    Sample {
        id: "mau-ho-gia-dinh",
        field: "an-ninh-quoc-phong",
        kind: ExemplarKind::Household,
        name: "cụm gia đình an toàn về an ninh trật tự",
        story: "Ba năm không có vụ trộm cắp.",
        method: "Mười nhà một cụm, có kẻng và nhóm liên lạc; công an xã họp với cụm mỗi tháng.",
        size: Some((10, "hộ")),
        steps: &[(Verb::ProposeExemplar, 300), (Verb::RecogniseExemplar, 280)],
    },
];

/// Puts the samples into the register, unless something was done in it; gives how many.
///
/// # Errors
/// Where the store fails.
pub fn open_sample(app: &App, by: &Actor) -> Result<usize, Error> {
    let mut tx = app.db.begin()?;
    store::reading::lock(&mut tx, &by.scope.tenant)?;
    let whole = Scope::whole(by.scope.tenant.clone());
    let desk = Desk::read(&mut tx, app, by, None)?;
    let is_used = !store::exemplar::course::courses(&mut tx, &whole, None)?.is_empty();
    let places: Vec<OrgId> = places(&desk, app);
    if is_used || places.len() < 2 {
        return Ok(0);
    }
    let movement = store::movement::movements(&mut tx, &whole)?.into_iter().next().map(|known| known.code);
    let made: Vec<(New, Course)> = SAMPLES
        .iter()
        .zip(1i64..)
        .map(|(sample, at)| made(sample, at, &desk, &places, movement.as_ref()))
        .collect::<Result<_, Error>>()?;
    let (new, courses): (Vec<New>, Vec<Course>) = made.into_iter().unzip();
    save_all(&mut tx, by, &new)?;
    // Events of all courses at once, each at its place.
    let mut begun: Vec<(Course, Event)> = Vec::new();
    for course in &courses {
        for (at, event) in course.events.iter().enumerate().skip(1) {
            let before = Course { exemplar: course.exemplar.clone(), events: course.events[..at].to_vec() };
            begun.push((before, event.clone()));
        }
    }
    let events: Vec<(&Course, &Event)> = begun.iter().map(|(course, event)| (course, event)).collect();
    store::exemplar::course::append_many(&mut tx, &by.scope.tenant, &events)?;
    if let (Some(first), Some(course)) = (new.first(), courses.first()) {
        let others = places.iter().filter(|place| first.exemplar.unit.as_ref() != Some(*place));
        let copying: Vec<&OrgId> = std::iter::once(&app.home.unit).chain(others).collect();
        copied(&mut tx, by, &desk, &copying, &first.exemplar, course)?;
        pictured(&mut tx, by, &first.exemplar, course)?;
    }
    for one in &new {
        store::audit::append(&mut tx, by, desk.now, "propose-exemplar", &subject(&one.exemplar.id), SOURCE)?;
    }
    tx.commit()?;
    Ok(new.len())
}

/// The units right below the house on the day of its data, in order of their ids: places of samples.
fn places(desk: &Desk, app: &App) -> Vec<OrgId> {
    let edges = desk.ground.territory.iter();
    let below = edges.filter(|edge| edge.parent == app.home.unit && edge.on(app.home.dated));
    let mut places: Vec<OrgId> = below.map(|edge| edge.child.clone()).collect();
    places.retain(|place| desk.ground.units.on(place, desk.today).is_some());
    places.sort();
    places
}

fn made(
    sample: &Sample,
    at: i64,
    desk: &Desk,
    places: &[OrgId],
    movement: Option<&MovementCode>,
) -> Result<(New, Course), Error> {
    let id = ExemplarId::parse(sample.id).map_err(|why| Error::Internal(why.into()))?;
    let place = places.get(usize::try_from(at).unwrap_or(0) % places.len()).cloned();
    let mut course = Course::new(id.clone());
    for (verb, days_before) in sample.steps {
        let day = desk.today.plus_days(-days_before).unwrap_or(desk.today);
        course = stepped(course, *verb, day, desk)?;
    }
    let first = course.events.first().cloned().ok_or(Error::NotFound("exemplar"))?;
    let last = desk.exemplars.iter().map(|known| known.ordinal).max().unwrap_or(0);
    let exemplar = Exemplar {
        id: id.clone(),
        field: sample.field.to_owned(),
        name: sample.name.to_owned(),
        group: String::new(),
        unit: place,
        size: sample.size.map(|(size, _)| Number::whole(size)),
        measure: sample.size.map(|(_, measure)| measure.to_owned()).unwrap_or_default(),
        since: Some(first.day.year()),
        story: sample.story.to_owned(),
        ordinal: last.saturating_add(at.saturating_mul(10)),
        provenance: Provenance { origin: Origin::Sample, source: SOURCE.to_owned() },
    };
    let profile = Profile {
        exemplar: id,
        kind: sample.kind,
        subject: None,
        method: sample.method.to_owned(),
        contact: Contact { name: "Người liên hệ mẫu".to_owned(), way: "số điện thoại mẫu".to_owned() },
        movement: movement.cloned().filter(|_| sample.kind == ExemplarKind::Model),
        by: PROPOSER.to_owned(),
        at: first.at,
    };
    Ok((New { exemplar, profile, event: first }, course))
}

/// A course after a step that is decided like any other.
fn stepped(course: Course, verb: Verb, day: Date, desk: &Desk) -> Result<Course, Error> {
    let at = noon(day, desk.now);
    let by = if verb == Verb::ProposeExemplar { PROPOSER } else { DECIDER };
    if verb == Verb::ProposeExemplar {
        let event = Event {
            verb,
            to: State::Proposed,
            day,
            decision: String::new(),
            size: None,
            reason: String::new(),
            by: by.to_owned(),
            account: None,
            at,
        };
        return Ok(course.after(event));
    }
    let decision = if verb == Verb::RecogniseExemplar { "quyết định mẫu" } else { "" };
    let reason = match verb {
        Verb::WithdrawExemplar => "Tổ thu gom đã giải thể, không còn ai vận hành (mẫu).",
        Verb::ConfirmExemplar => "Đã đến xem, vẫn chạy tốt (mẫu).",
        _ => "",
    };
    let asked = Asked { verb, day, decision, size: None, reason, by, account: None, at };
    let event = course.step(&asked, desk.today)?;
    Ok(course.after(event))
}

/// The third hour of a day by the world's clock, which is ten in the morning here; never after now.
fn noon(day: Date, now: Timestamp) -> Timestamp {
    let at = Timestamp::parse(&format!("{day}T03:00:00Z")).unwrap_or(now);
    if at > now { now } else { at }
}

/// Two copies of the first sample: by the house, whose figures are known on both sides, and by a unit without figures
/// of the year before.
fn copied(
    tx: &mut Tx,
    by: &Actor,
    desk: &Desk,
    copying: &[&OrgId],
    exemplar: &Exemplar,
    course: &Course,
) -> Result<(), Error> {
    let known = &desk.ground.indicators;
    let chosen = ["NN02", "NN01", "LD01"].iter().filter_map(|code| IndicatorCode::parse(code).ok());
    let indicators: Vec<IndicatorCode> =
        chosen.filter(|code| known.iter().any(|indicator| indicator.code == *code)).take(2).collect();
    if indicators.is_empty() {
        return Ok(());
    }
    let mut told: Vec<Replication> = Vec::new();
    for ((unit, days_before), how) in copying.iter().take(2).zip([330, 200]).zip([
        "Làm theo từng thôn; thêm việc vẽ bản đồ đường làng để dân chọn tuyến mở trước (mẫu).",
        "Mới làm ở hai thôn (mẫu).",
    ]) {
        let since = desk.today.plus_days(-days_before).unwrap_or(desk.today);
        let copy = Replication {
            exemplar: exemplar.id.clone(),
            unit: (*unit).clone(),
            since,
            how: how.to_owned(),
            indicators: indicators.clone(),
            by: PROPOSER.to_owned(),
            account: None,
            at: noon(since, desk.now),
        };
        let place = Place { state: course.state(), unit: exemplar.unit.as_ref(), told: &told, today: desk.today };
        let copy = copy.checked(&place)?;
        store::exemplar::copied::add(tx, &by.scope.tenant, &copy, told.len())?;
        told.push(copy);
    }
    Ok(())
}

/// A drawing in place of a picture, added before the recognition.
fn pictured(tx: &mut Tx, by: &Actor, exemplar: &Exemplar, course: &Course) -> Result<(), Error> {
    let name = "anh-mau.png".to_owned();
    let (kind, picture, bytes) = picture::taken(&name, PICTURE)?;
    let Some(first) = course.events.first() else { return Ok(()) };
    let paper = Paper {
        id: EvidenceId::parse("anh-mau-dan-van-kheo").map_err(|why| Error::Internal(why.into()))?,
        exemplar: exemplar.id.clone(),
        number: String::new(),
        dated: None,
        description: "Hình vẽ mẫu: đường làng sau khi mở rộng".to_owned(),
        award: None,
        file: Some(EvidenceFile {
            name,
            kind,
            size: i64::try_from(bytes.len()).map_err(|why| Error::Internal(why.into()))?,
            hash: crate::collection::workbook::hash(&bytes),
        }),
        picture: Some(picture),
        added_by: PROPOSER.to_owned(),
        added_at: first.at,
        withdrawn: None,
    };
    let paper = paper.checked(0)?;
    store::exemplar::paper::insert(tx, &by.scope.tenant, &paper, None, &bytes)?;
    Ok(())
}
