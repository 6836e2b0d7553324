//! Who reads. The one place that makes an actor for a request.

use thidua_app::App;
use thidua_app::account::Visitor;
use thidua_domain::Actor;

/// The name under which those who are not signed in are recorded.
const PUBLIC: &str = "public reader";

/// The reader of the public pages: sees the whole tenant, changes nothing.
pub fn reader(app: &App) -> Actor {
    Actor::reader(PUBLIC, app.home.tenant.clone())
}

/// Who a visitor acts as. A person reads what every reader reads, and does what their roles let them do.
pub fn acting(app: &App, visitor: &Visitor) -> Actor {
    match visitor {
        Visitor::Anyone => Actor::unguarded(PUBLIC, app.home.tenant.clone()),
        Visitor::Stranger => reader(app),
        Visitor::Person(person) => person.actor.reading(),
    }
}
