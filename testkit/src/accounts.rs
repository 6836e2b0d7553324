//! Second factors and sessions by the shortest way, for tests of something else.

use thidua_app::App;
use thidua_base::Timestamp;
use thidua_domain::account::second_factor::{SECRET_BYTES, step_of};
use thidua_domain::account::{Session, WayIn};
use thidua_store as store;
pub use thidua_store::account::second_factor::TotpSecret;

use thidua_store::account::second_factor;
use thidua_store::account::session::{self, SessionKey};

/// The secret of every second factor made here.
const SECRET: [u8; SECRET_BYTES] = *b"12345678901234567890";

/// Gives an account a second factor, as an administrator needs one; the code of an instant is [`code_at`].
pub fn enrol(app: &App, name: &str) {
    let (tenant, now) = (&app.home.tenant, app.clock.now());
    let mut tx = app.db.begin().expect("the test's database can be written");
    let known = store::account::by_name(&mut tx, tenant, name).expect("accounts can be read").expect("it exists");
    second_factor::offer(&mut tx, tenant, &known.account.id, &TotpSecret::of(SECRET), now).expect("it can be offered");
    second_factor::confirm(&mut tx, tenant, &known.account.id, now).expect("it can be confirmed");
    tx.commit().expect("the test's database can be written");
}

/// The code that an app shows at an instant for an account that [`enrol`] enrolled.
pub fn code_at(at: Timestamp) -> String {
    format!("{:06}", TotpSecret::of(SECRET).code(step_of(at)))
}

/// Begins a session of an account without asking for anything, and gives the token for the cookie.
pub fn session_of(app: &App, name: &str) -> String {
    let (tenant, now) = (&app.home.tenant, app.clock.now());
    let bytes: [u8; 32] = app.entropy.bytes().expect("there is chance");
    let token = thidua_app::entropy::hex(&bytes);
    let begun = Session {
        created_at: now,
        seen_at: now,
        expires_at: now.plus_seconds(3_600),
        user_agent: "test".to_owned(),
        way_in: WayIn::Password,
    };
    let mut tx = app.db.begin().expect("the test's database can be written");
    let known = store::account::by_name(&mut tx, tenant, name).expect("accounts can be read").expect("it exists");
    session::insert(&mut tx, tenant, &SessionKey::of(&token), &known.account.id, &begun).expect("it can be begun");
    tx.commit().expect("the test's database can be written");
    token
}
