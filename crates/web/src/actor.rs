//! Who reads. The one place that makes an actor for a request, so that accounts can replace it.

use thidua_app::App;
use thidua_domain::{Actor, Scope};

/// The reader of the public pages: sees the whole tenant, changes nothing.
pub fn reader(app: &App) -> Actor {
    Actor { name: "public reader".to_owned(), scope: Scope::whole(app.home.tenant.clone()) }
}
