//! Calls a session of a council with its agenda (triệu tập phiên họp).

use thidua_base::Date;
use thidua_base::code::{HonourCode, OrgId};
use thidua_domain::Actor;
use thidua_domain::actor::Verb;
use thidua_domain::council::{CouncilId, Matter, Session, SessionId, Signed, Sitting};
use thidua_domain::refusal::CouncilFault;
use thidua_domain::subject::SubjectId;
use thidua_law::vocabulary::SubjectKind;
use thidua_store as store;

use super::desk::{fault, held, tidy, whole};
use crate::entropy::hex;
use crate::{App, Error};

/// A session as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The council.
    pub council: CouncilId,
    /// The day.
    pub held_on: Date,
    /// Where.
    pub place: String,
    /// The agenda, in order.
    pub matters: Vec<NewMatter>,
}

/// A matter as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMatter {
    /// What it is elsewhere, such as a dossier; may be empty.
    pub reference: String,
    /// What it is: the nominee and the honour.
    pub title: String,
    /// The honour.
    pub honour: HonourCode,
    /// Whether for a person, a collective, ….
    pub kind: SubjectKind,
    /// The nominee in the register.
    pub subject: Option<SubjectId>,
    /// The unit that nominated.
    pub nominated_by: OrgId,
    /// One page in words.
    pub summary: String,
}

/// Calls it.
///
/// # Errors
/// [`Error::NotFound`] for those who run no session of the council; [`CouncilFault::EmptyAgenda`];
/// [`CouncilFault::Unknown`] for an honour or a unit that is not known; as [`Sitting::table`].
pub fn call_session(app: &App, by: &Actor, asked: NewSession) -> Result<SessionId, Error> {
    if asked.matters.is_empty() {
        return Err(fault(CouncilFault::EmptyAgenda));
    }
    let now = app.clock.now();
    let signed = Signed { by: by.name.clone(), at: now };
    let id = SessionId::parse(&format!("ph-{}", hex(&app.entropy.bytes::<8>()?)))
        .expect("a prefix and hexadecimal digits are a code");
    let mut tx = app.db.begin()?;
    let council = held(&mut tx, by, &asked.council, Verb::RunSession)?.council;
    let units = store::org::units(&mut tx, &whole(by))?;
    let session = Session {
        id,
        council: council.id,
        held_on: asked.held_on,
        place: tidy(&asked.place),
        called: signed.clone(),
        provenance: council.provenance,
    };
    let mut sitting = Sitting::of(session);
    let mut acts = Vec::new();
    let book = app.book_in(&mut tx, by)?;
    for new in asked.matters {
        if book.honour(&new.honour).is_none() {
            return Err(fault(CouncilFault::Unknown { asked: new.honour.to_string() }));
        }
        if !units.iter().any(|unit| unit.id == new.nominated_by) {
            return Err(fault(CouncilFault::Unknown { asked: new.nominated_by.to_string() }));
        }
        let matter = Matter {
            number: 0,
            reference: tidy(&new.reference),
            title: tidy(&new.title),
            honour: new.honour,
            kind: new.kind,
            subject: new.subject,
            nominated_by: new.nominated_by,
            summary: tidy(&new.summary),
        };
        let act = sitting.table(matter, &signed)?;
        sitting.take(act.clone());
        acts.push(act);
    }

    let (tenant, session) = (&by.scope.tenant, &sitting.session);
    store::council::insert_session(&mut tx, tenant, session)?;
    store::council::add_session_acts(&mut tx, tenant, &session.id, 0, &acts)?;
    let detail = format!("{}: {} matters on {}", council.name, acts.len(), session.held_on);
    store::audit::append(&mut tx, by, now, "call-session", &format!("council-session:{}", session.id), &detail)?;
    tx.commit()?;
    Ok(sitting.session.id)
}
